import { curvesOfLine } from './picture';
import { rowOfStep } from './cursor';
import type { ChartSpec } from './groups';
import type { Line } from './lines';

/** What a line says at a step. */
export interface Reading {
  /** As it is drawn: smoothed or not; in the unit of the y axis. */
  readonly shown: number;
  /** As it was logged; undefined where that is what is shown. */
  readonly raw: number | undefined;
  /** The row that the value stands in. */
  readonly row: number;
}

/**
 * Reads a line at a step, or at its newest value. At a step that was logged for other tags a line
 * has its last value before.
 *
 * @param step null: the newest
 */
export function readingOf(line: Line, spec: ChartSpec, step: number | null): Reading | undefined {
  void line.run.revision.value;
  const curves = curvesOfLine(line, spec, false);
  if (!curves) return undefined;
  const { main, raw } = curves;
  const { values } = raw;
  const last = step === null ? values.length - 1 : rowOfStep(line.run, step);
  const passedOver = step === null || Number.isNaN(values[last]);
  const row = passedOver ? raw.pyramid.lastRow(values, 0, last + 1) : last;
  if (row < 0 || !Number.isFinite(values[row])) return undefined;
  const factor = spec.factor ?? 1;
  return {
    shown: main.values[row] * factor,
    raw: main === raw ? undefined : values[row] * factor,
    row,
  };
}
