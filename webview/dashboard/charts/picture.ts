import type { Box } from '../../figures/figure';
import { padded, type Range, type Scale } from '../../figures/scale';
import { view } from '../viewState';
import { curvesOf, type Curve } from './curves';
import { shownX } from './domain';
import type { ChartSpec } from './groups';
import type { Line } from './lines';
import type { Polyline } from '../../figures/polyline';
import type { Positions } from './positions';
import { trace } from './trace';
import { valuesSeen } from './visible';

/** A line with its data. */
export interface PictureLine {
  readonly line: Line;
  /** What is drawn as the line: smoothed or raw. */
  readonly main: Curve;
  /** What is drawn faintly behind it: so that smoothing and dashes hide nothing. */
  readonly ghost: Curve | undefined;
  readonly positions: Positions;
  /** Whether it was logged at a few rows only, so that its points are joined across the others. */
  readonly sparse: boolean;
}

/** Everything that a chart shows, whatever it is drawn on: a canvas, a picture, a file. */
export interface Picture {
  readonly spec: ChartSpec;
  readonly x: Scale;
  readonly y: Scale;
  readonly lines: readonly PictureLine[];
  /** Values of the shown lines that a logarithmic axis cannot show. */
  readonly notPositive: number;
}

/**
 * Gathers what a chart shows now; undefined before its first row.
 *
 * @param lines those that are switched on
 */
export function pictureOf(spec: ChartSpec, lines: readonly Line[]): Picture | undefined {
  const x = shownX.value;
  if (!x) return undefined;
  const log = isLogY(spec);
  const pictured = lines.flatMap((line) => picturedLine(line, spec, log) ?? []);
  const zoom = view.yZoom.value[spec.name];
  const zoomed = zoom && (!log || zoom.min > 0);
  return {
    spec,
    x,
    y: { ...(zoomed ? zoom : wholeY(spec, pictured, x, log)), log },
    lines: pictured,
    notPositive: log ? countNotPositive(pictured, x) : 0,
  };
}

/** The curve that a legend reads values from, and the raw one behind it. */
export function curvesOfLine(
  { run, tag }: Line,
  spec: ChartSpec,
  log: boolean,
): { main: Curve; raw: Curve } | undefined {
  const curves = curvesOf(run.columns);
  const raw = curves.curve(tag.tag, log);
  if (!raw) return undefined;
  const { smoothing } = view.preferences.value;
  const smoothed = smoothing > 0 && !spec.exact;
  return { raw, main: (smoothed && curves.smoothed(tag.tag, smoothing, log)) || raw };
}

/** Whether the y axis of a chart is logarithmic. */
export function isLogY({ name }: ChartSpec): boolean {
  return chartViewOf(name).logY ?? false;
}

/** How a person wants a chart shown. */
export function chartViewOf(name: string): (typeof view.preferences.value.charts)[string] {
  return view.preferences.value.charts[name] ?? {};
}

/**
 * The pixels of a line.
 *
 * @param every whether all points are drawn, however many share a pixel
 */
export function polylineOf(
  picture: Picture,
  { positions }: PictureLine,
  curve: Curve,
  box: Box,
  every = false,
): Polyline {
  const { x, y, spec } = picture;
  const frame = { box, x, y, factor: spec.factor ?? 1 };
  return trace(curve, positions, frame, { every });
}

/** Whether a curve has values in less than half of its rows. */
export function isSparse({ values, pyramid }: Curve): boolean {
  pyramid.find(values, 0, values.length);
  return 2 * pyramid.found.count < values.length;
}

function picturedLine(line: Line, spec: ChartSpec, log: boolean): PictureLine | undefined {
  // Read, so that a new row is drawn.
  void line.run.revision.value;
  const curves = curvesOfLine(line, spec, log);
  if (!curves) return undefined;
  const { main, raw } = curves;
  const { columns } = line.run;
  const unfiltered = log ? curvesOf(columns).curve(line.tag.tag, false) : raw;
  return {
    line,
    main,
    ghost: main !== raw || line.dash.length > 0 ? raw : undefined,
    positions: curvesOf(columns).positions(view.preferences.value.xAxis),
    sparse: isSparse(unfiltered ?? raw),
  };
}

function wholeY(spec: ChartSpec, lines: readonly PictureLine[], x: Scale, log: boolean): Range {
  const { factor = 1, band } = spec;
  let [min, max] = [Infinity, -Infinity];
  for (const { main, ghost, positions } of lines) {
    for (const curve of ghost && ghost !== main ? [main, ghost] : [main]) {
      const seen = valuesSeen(curve, positions, x);
      min = Math.min(min, seen.min * factor);
      max = Math.max(max, seen.max * factor);
    }
  }
  if (band) {
    // With room for its edges and for its name above it.
    const room = (band.max - band.min) / 4;
    min = Math.min(min, band.min - room);
    max = Math.max(max, band.max + room);
  }
  if (min > max) return log ? { min: 0.1, max: 1 } : { min: 0, max: 1 };
  return padded(min, max, log);
}

function countNotPositive(lines: readonly PictureLine[], x: Scale): number {
  let missing = 0;
  for (const { line, ghost, main, positions } of lines) {
    const curves = curvesOf(line.run.columns);
    const all = curves.curve(line.tag.tag, false);
    if (!all) continue;
    missing += valuesSeen(all, positions, x).count - valuesSeen(ghost ?? main, positions, x).count;
  }
  return missing;
}
