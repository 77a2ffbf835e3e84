import type { JSX } from 'preact';
import { markPath } from './marks';
import type { LineMark } from './palette';

const WIDTH = 22;
const HEIGHT = 10;

export interface SwatchProps {
  readonly colour: string;
  readonly dash: readonly number[];
  /** Of a line that is marked by shapes. */
  readonly mark?: LineMark;
}

/** A piece of a line, as the chart draws it; says nothing to a screen reader. */
export function Swatch({ colour, dash, mark }: SwatchProps): JSX.Element {
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
      {mark && <path d={markPath(mark, WIDTH / 2, HEIGHT / 2, 3.5)} fill={colour} />}
    </svg>
  );
}
