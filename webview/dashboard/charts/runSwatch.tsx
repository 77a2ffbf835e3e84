import type { JSX } from 'preact';
import { markPath } from '../../figures/marks';
import { runColour, runMark } from './runStyle';

/** The shape of a run in its colour: beside its name wherever it stands among others. */
export function RunSwatch({ index }: { readonly index: number }): JSX.Element {
  return (
    <svg class="swatch" width={12} height={12} aria-hidden="true">
      <path d={markPath(runMark(index), 6, 6, 4)} fill={runColour(index)} />
    </svg>
  );
}
