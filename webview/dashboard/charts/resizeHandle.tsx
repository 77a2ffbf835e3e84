import type { JSX } from 'preact';

const LEAST = 80;
const MOST = 1200;
const STEP = 20;

export interface ResizeHandleProps {
  readonly label: string;
  /** In CSS pixels. */
  readonly height: number;
  /** What a double click brings back. */
  readonly usual: number;
  readonly onChange: (height: number) => void;
}

/** The lower edge of a chart: drag it, or press the arrow keys. */
export function ResizeHandle({ label, height, usual, onChange }: ResizeHandleProps): JSX.Element {
  const set = (wanted: number): void => {
    onChange(Math.round(Math.max(LEAST, Math.min(MOST, wanted))));
  };
  const drag = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    const handle = event.currentTarget as HTMLElement;
    const { clientY: start } = event;
    const end = new AbortController();
    const { signal } = end;
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener('pointermove', (moved) => set(height + moved.clientY - start), {
      signal,
    });
    handle.addEventListener('lostpointercapture', () => end.abort(), { signal });
  };
  return (
    <div
      class="chart-resize"
      role="separator"
      aria-orientation="horizontal"
      aria-label={label}
      aria-valuenow={height}
      aria-valuemin={LEAST}
      aria-valuemax={MOST}
      tabIndex={0}
      onPointerDown={drag}
      onDblClick={() => set(usual)}
      onKeyDown={(event) => {
        const { key } = event;
        if (key !== 'ArrowUp' && key !== 'ArrowDown') return;
        event.preventDefault();
        event.stopPropagation();
        set(height + (key === 'ArrowDown' ? STEP : -STEP));
      }}
    />
  );
}
