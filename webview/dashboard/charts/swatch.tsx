import type { JSX } from 'preact';
import { markPath } from './marks';
import { runColour, runMark } from './palette';

const WIDTH = 22;
const HEIGHT = 10;

export interface SwatchProps {
  readonly colour: string;
  readonly dash: readonly number[];
}

/** A piece of a line, as the chart draws it; says nothing to a screen reader. */
export function Swatch({ colour, dash }: SwatchProps): JSX.Element {
  return (
    <svg class="swatch" width={WIDTH} height={HEIGHT} aria-hidden="true">
      <line
        x1={0}
        x2={WIDTH}
        y1={HEIGHT / 2}
        y2={HEIGHT / 2}
        stroke={colour}
        stroke-width={2}
        stroke-dasharray={dash.join(' ') || undefined}
      />
    </svg>
  );
}

/** The shape of a run in its colour: beside its name wherever it stands among others. */
export function RunSwatch({ index }: { readonly index: number }): JSX.Element {
  return (
    <svg class="swatch" width={12} height={12} aria-hidden="true">
      <path d={markPath(runMark(index), 6, 6, 4)} fill={runColour(index)} />
    </svg>
  );
}
