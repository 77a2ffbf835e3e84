import type { RunColumns } from '../columns';
import type { XAxis } from '../viewState';
import { Positions } from './positions';
import { Pyramid } from './pyramid';
import { SmoothedColumn } from './smoothing';

/** What is drawn as one line: a value for every row of the run, NaN for none. Views: see below. */
export interface Curve {
  readonly values: Float32Array;
  readonly pyramid: Pyramid;
}

interface Smoothed {
  readonly column: SmoothedColumn;
  revision: number;
  pyramids: Map<boolean, Pyramid>;
}

/**
 * The curves of one run, with everything that drawing them needs: derived when asked for and kept,
 * so that a row that is appended costs one step and a chart that nobody looks at costs nothing.
 * What is returned grows stale with the next append; ask again for every drawing.
 */
export class RunCurves {
  private generation = -1;
  private readonly raw = new Map<string, Pyramid>();
  private readonly smoothedColumns = new Map<string, Smoothed>();
  private readonly axes = new Map<XAxis, Positions>();

  constructor(private readonly columns: RunColumns) {}

  /** @param positive whether only values above 0 are drawn, as on a logarithmic axis */
  curve(tag: string, positive: boolean): Curve | undefined {
    this.dropOutdated();
    const values = this.columns.values(tag);
    if (values === undefined) return undefined;
    const key = `${positive ? '+' : ' '}${tag}`;
    return derive(this.raw, key, positive, values);
  }

  /** The smoothed curve. Only the weight that was asked for last is kept. */
  smoothed(tag: string, weight: number, positive: boolean): Curve | undefined {
    this.dropOutdated();
    const values = this.columns.values(tag);
    if (values === undefined) return undefined;
    let smoothed = this.smoothedColumns.get(tag);
    if (smoothed?.column.weight !== weight) {
      smoothed = { column: new SmoothedColumn(weight), revision: 0, pyramids: new Map() };
      this.smoothedColumns.set(tag, smoothed);
    }
    const result = smoothed.column.of(values);
    if (smoothed.revision !== smoothed.column.revision) {
      smoothed.revision = smoothed.column.revision;
      smoothed.pyramids = new Map();
    }
    return derive(smoothed.pyramids, positive, positive, result);
  }

  /** Where the rows lie on an axis: steps, seconds since the first row, or seconds since 1970. */
  positions(axis: XAxis): Positions {
    this.dropOutdated();
    let positions = this.axes.get(axis);
    if (!positions) this.axes.set(axis, (positions = new Positions()));
    const { steps, times } = this.columns;
    positions.extend(axis === 'step' ? steps : times, axis === 'relative' ? (times[0] ?? 0) : 0);
    return positions;
  }

  private dropOutdated(): void {
    if (this.generation === this.columns.generation) return;
    this.generation = this.columns.generation;
    this.raw.clear();
    this.smoothedColumns.clear();
    this.axes.clear();
  }
}

function derive<Key>(
  pyramids: Map<Key, Pyramid>,
  key: Key,
  positive: boolean,
  values: Float32Array,
): Curve {
  let pyramid = pyramids.get(key);
  if (!pyramid) pyramids.set(key, (pyramid = new Pyramid(positive)));
  pyramid.extend(values);
  return { values, pyramid };
}

const known = new WeakMap<RunColumns, RunCurves>();

/** The curves of a run; the same object for the same columns. */
export function curvesOf(columns: RunColumns): RunCurves {
  let curves = known.get(columns);
  if (!curves) known.set(columns, (curves = new RunCurves(columns)));
  return curves;
}
