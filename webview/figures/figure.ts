import type { Polyline } from './polyline';

/** The rectangle that a chart draws in, in the pixels of whatever it draws on. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** What is drawn, in pixels, whoever draws it. */
export type Shape =
  | { readonly kind: 'rectangle'; readonly box: Box; readonly fill: string }
  | {
      readonly kind: 'stroke';
      readonly from: readonly [number, number];
      readonly to: readonly [number, number];
      readonly colour: string;
      readonly width: number;
      readonly dash: readonly number[];
    }
  | {
      readonly kind: 'curve';
      readonly polyline: Polyline;
      readonly colour: string;
      readonly width: number;
      readonly alpha: number;
      readonly dash: readonly number[];
    }
  /** `path` is data of an SVG path. */
  | { readonly kind: 'mark'; readonly path: string; readonly fill: string }
  | {
      readonly kind: 'text';
      readonly x: number;
      /** Middle of the letters. */
      readonly y: number;
      readonly text: string;
      /** Smaller and lower, after the text. */
      readonly subscript?: string;
      readonly size: number;
      readonly bold?: boolean;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly fill: string;
    };

/** A chart as a picture of its own, with everything that says what it shows. */
export interface Figure {
  readonly title: string;
  readonly width: number;
  readonly height: number;
  readonly fontFamily: string;
  /** Under the plots and around them. */
  readonly back: readonly Shape[];
  readonly plots: readonly PlotArea[];
}

/** A plotting area: what is drawn in it is cut off at its edges. */
export interface PlotArea {
  readonly box: Box;
  readonly shapes: readonly Shape[];
}
