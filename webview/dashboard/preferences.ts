import {
  booleanOr,
  fieldsOf,
  isRecord,
  numberOr,
  oneOf,
  recordOf,
  stringsOr,
} from '../kept/narrowing';
import { defaultPreferences, xAxes, type ChartView, type Preferences } from './viewState';

/** Preferences as the extension kept them, whatever version of the page they are from. */
export function preferencesOf(kept: unknown): Preferences {
  const fields = fieldsOf(kept);
  const defaults = defaultPreferences;
  return {
    smoothing: numberOr(fields.smoothing, defaults.smoothing, 0, 0.999),
    xAxis: oneOf(fields.xAxis, xAxes, defaults.xAxis),
    logX: booleanOr(fields.logX, defaults.logX),
    order: stringsOr(fields.order, defaults.order),
    charts: recordOf(fields.charts, (chart) => (isRecord(chart) ? chartOf(chart) : undefined)),
    whiteFigures: booleanOr(fields.whiteFigures, defaults.whiteFigures),
    playInterval: numberOr(fields.playInterval, defaults.playInterval, 20, 10_000),
    samplesShare: numberOr(fields.samplesShare, defaults.samplesShare, 0, 1),
  };
}

function chartOf(kept: Readonly<Record<string, unknown>>): ChartView {
  const chart = {
    logY: booleanOr(kept.logY, undefined),
    hidden: stringsOr(kept.hidden, undefined),
    pinned: booleanOr(kept.pinned, undefined),
    folded: booleanOr(kept.folded, undefined),
    height: numberOr(kept.height, undefined, 40, 4_000),
    wide: booleanOr(kept.wide, undefined),
  };
  // Absent means the default, and JSON knows no undefined.
  return Object.fromEntries(Object.entries(chart).filter(([, value]) => value !== undefined));
}
