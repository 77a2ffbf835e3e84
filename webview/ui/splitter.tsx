import type { JSX } from 'preact';

export interface SplitterProps {
  /** Accessible name: what it makes wider. */
  readonly label: string;
  /** Share of the width before it, 0 to 1. */
  readonly share: number;
  readonly smallest: number;
  readonly largest: number;
  readonly onChange: (share: number) => void;
}

/** Share that an arrow key moves. */
const STEP = 0.02;

/**
 * A bar between two parts that stand side by side in one parent: dragged by the pointer, moved by
 * the arrow keys, Home and End.
 */
export function Splitter(props: SplitterProps): JSX.Element {
  const { label, share, smallest, largest, onChange } = props;
  const change = (next: number): void => {
    onChange(Math.min(largest, Math.max(smallest, next)));
  };
  const percent = (value: number): number => Math.round(100 * value);
  return (
    <div
      role="separator"
      tabIndex={0}
      class="splitter"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={percent(share)}
      aria-valuemin={percent(smallest)}
      aria-valuemax={percent(largest)}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.focus();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={({ currentTarget, pointerId, clientX }) => {
        const parent = currentTarget.parentElement;
        if (!parent || !currentTarget.hasPointerCapture(pointerId)) return;
        const { left, width } = parent.getBoundingClientRect();
        change((clientX - left) / width);
      }}
      onKeyDown={(event) => {
        const next = {
          ArrowLeft: share - STEP,
          ArrowRight: share + STEP,
          Home: smallest,
          End: largest,
        }[event.key];
        if (next === undefined) return;
        change(next);
        // The arrow keys move the charts' cursor elsewhere.
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}
