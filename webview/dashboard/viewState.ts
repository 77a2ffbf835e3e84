import { signal, type Signal } from '@preact/signals';
import type { Range } from '../figures/scale';

/** What a person chose in this dashboard. All of it comes back after a reload. */

export const xAxes = ['step', 'relative', 'wall'] as const;
/** Steps; seconds since the run's first row; or the time of day. */
export type XAxis = (typeof xAxes)[number];

/** How one chart is shown; charts are named by the part of their tags before the slash. */
export interface ChartView {
  readonly logY?: boolean;
  /** Legend entries that are switched off: tags. */
  readonly hidden?: readonly string[];
  readonly pinned?: boolean;
  /** Folded to its title. */
  readonly folded?: boolean;
  /** In CSS pixels; the default height unless resized. */
  readonly height?: number;
  /** Over the whole width. */
  readonly wide?: boolean;
}

export interface SamplesView {
  /** The run whose grids are shown and which the scrubber goes through; null: the primary one. */
  readonly run: string | null;
  /** Device-independent pixels per image pixel; 0: fit. */
  readonly scale: number;
  /** Index of the image that is shown enlarged; null: none. */
  readonly cell: number | null;
  readonly showReal: boolean;
  /** A second grid beside: of a step of this run or of another one; null: of the same step. */
  readonly beside: { readonly key: string; readonly step: number | null } | null;
}

/** What the table of values can say of a quantity. */
export const statistics = ['last', 'best', 'atCursor'] as const;
export type Statistic = (typeof statistics)[number];

/** How the table of values is shown. */
export interface ValuesView {
  /** Quantities to show; null: those that matter most. */
  readonly tags: readonly string[] | null;
  /** What is shown of each where several runs are compared. */
  readonly statistic: Statistic;
  /** Quantity by which the runs are sorted; null: in the order in which they were added. */
  readonly sort: { readonly column: string; readonly descending: boolean } | null;
}

/** Settings that hold for every dashboard; the extension keeps them. */
export interface Preferences {
  /** TensorBoard's smoothing weight, 0 to 0.999. */
  readonly smoothing: number;
  readonly xAxis: XAxis;
  readonly logX: boolean;
  /** Names of charts in the order in which they were put; unknown ones follow. */
  readonly order: readonly string[];
  readonly charts: Readonly<Record<string, ChartView>>;
  /** Whether figures are exported on white paper; else they look as on the screen. */
  readonly whiteFigures: boolean;
  /** Milliseconds per grid while playing. */
  readonly playInterval: number;
  /** Share of the width that the samples take, 0 to 1. */
  readonly samplesShare: number;
}

export const defaultPreferences: Preferences = {
  smoothing: 0.6,
  xAxis: 'step',
  logX: false,
  order: [],
  charts: {},
  whiteFigures: true,
  playInterval: 250,
  samplesShare: 0.36,
};

export const defaultSamplesView: SamplesView = {
  run: null,
  scale: 0,
  cell: null,
  showReal: false,
  beside: null,
};

export const defaultValuesView: ValuesView = { tags: null, statistic: 'last', sort: null };

/** One value of the view; whoever reads it in a component is drawn again when it changes. */
export interface View {
  readonly preferences: Signal<Preferences>;
  readonly samples: Signal<SamplesView>;
  /**
   * The step that the cursors of all charts and the sample grids show; null: the newest. One
   * scrubber, every chart's pointer and the arrow keys move it.
   */
  readonly cursor: Signal<number | null>;
  /** Whether a chart has the pointer over it and moves the cursor only until it leaves. */
  readonly hover: Signal<number | null>;
  /** The part of the x axis that all charts show; null: everything, growing with the run. */
  readonly zoom: Signal<Range | null>;
  /** Parts of the y axis that single charts show, by the name of the chart; absent: everything. */
  readonly yZoom: Signal<Readonly<Record<string, Range>>>;
  /** Runs that are switched off in a comparison. */
  readonly hiddenRuns: Signal<readonly string[]>;
  readonly values: Signal<ValuesView>;
  /** Parts of the page that were folded or unfolded by hand, by name: whether they are open. */
  readonly open: Signal<Readonly<Record<string, boolean>>>;
  /** How far the panes are scrolled, by name, in CSS pixels. */
  readonly scroll: Signal<Readonly<Record<string, number>>>;
}

export const view: View = {
  preferences: signal(defaultPreferences),
  samples: signal(defaultSamplesView),
  cursor: signal<number | null>(null),
  hover: signal<number | null>(null),
  zoom: signal<Range | null>(null),
  yZoom: signal<Readonly<Record<string, Range>>>({}),
  hiddenRuns: signal<readonly string[]>([]),
  values: signal(defaultValuesView),
  open: signal<Readonly<Record<string, boolean>>>({}),
  scroll: signal<Readonly<Record<string, number>>>({}),
};

/** Changes some preferences. */
export function prefer(change: Partial<Preferences>): void {
  view.preferences.value = { ...view.preferences.value, ...change };
}

/** Changes how one chart is shown. */
export function changeChart(name: string, change: Partial<ChartView>): void {
  const { charts } = view.preferences.value;
  prefer({ charts: { ...charts, [name]: { ...charts[name], ...change } } });
}

/** Folds or unfolds a part of the page. */
export function setOpen(name: string, open: boolean): void {
  view.open.value = { ...view.open.value, [name]: open };
}
