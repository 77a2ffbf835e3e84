import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { placeOfStep } from '../samples/gridSteps';

/** More marks than this are no longer told apart. */
const MAX_MARKS = 200;

export interface CheckpointMarksProps {
  /** Ascending. */
  readonly checkpoints: readonly number[];
  /** Steps of the grids, ascending. */
  readonly steps: readonly number[];
  /** Place of the right end. */
  readonly max: number;
}

/** Small marks below the slider where checkpoints are. */
export function CheckpointMarks({ checkpoints, steps, max }: CheckpointMarksProps): JSX.Element {
  const places = useMemo(() => {
    const last = Math.max(1, steps.length - 1);
    const slots = new Set(
      checkpoints.map((step) => Math.round((placeOfStep(steps, step) / last) * MAX_MARKS)),
    );
    return [...slots].map((slot) => (slot / MAX_MARKS) * last);
  }, [checkpoints, steps]);
  return (
    <>
      {places.map((place) => (
        <span key={place} class="scrubber-mark" style={{ left: percent(place, max) }} />
      ))}
    </>
  );
}

/** A place on the slider as a length for CSS. */
export function percent(place: number, max: number): string {
  return `${max > 0 ? Math.min(100, (100 * place) / max) : 0}%`;
}
