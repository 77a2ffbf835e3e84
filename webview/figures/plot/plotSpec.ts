import type { LineMark } from '../palette';

/** What a plot shows: curves over something that is not time, such as the index of a value. */
export interface PlotSpec {
  readonly title: string;
  readonly x: PlotAxis;
  readonly y: PlotAxis;
  /** The first one lies on top. */
  readonly curves: readonly PlotCurve[];
  /** Where y is expected to lie. */
  readonly band?: { readonly min: number; readonly max: number; readonly label: string };
  /** Lines across the plot. */
  readonly rules?: readonly { readonly y: number; readonly label: string }[];
  /** A place that is marked elsewhere on the page, too. */
  readonly marked?: number;
}

export interface PlotAxis {
  readonly name: string;
  readonly log: boolean;
  /** Whether it counts, so that there is no half one. */
  readonly counts?: boolean;
  /** Powers of ten that a logarithmic axis shows at most by itself; 10 unless given. */
  readonly decades?: number;
  /** Values that are shown even where no curve comes near. */
  readonly include?: readonly number[];
}

export interface PlotCurve {
  /** Tells it from the other curves, also after they have changed. */
  readonly key: string;
  readonly name: string;
  /** Of the same length as `ys`, ascending. */
  readonly xs: ArrayLike<number>;
  /** NaN: nothing there. */
  readonly ys: ArrayLike<number>;
  readonly style: CurveStyle;
  /** A few words after the name. */
  readonly note?: string;
}

export interface CurveStyle {
  /** Index among the theme's colours of lines; `muted` is for what others are compared with. */
  readonly colour: number | 'muted';
  readonly dash: readonly number[];
  readonly mark?: LineMark;
  readonly thin?: boolean;
}
