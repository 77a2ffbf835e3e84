import { t } from '@vscode/l10n';
import { formatReading } from '../../figures/format';
import { view } from '../viewState';
import { markedStep, markedX } from './cursor';
import { shownX } from './domain';
import { formatPosition } from './format';
import type { ChartSpec } from './groups';
import type { Line } from './lines';
import { readingOf } from './readings';

/** More lines than this are counted, not read out. */
const MOST = 6;

/** The title as it is spoken and written into files. */
export function fullTitle({ title, group }: ChartSpec): string {
  return group === undefined ? title : `${group}: ${title}`;
}

/** A chart in words: its name, the range it shows and the newest values. */
export function summaryOf(spec: ChartSpec, lines: readonly Line[]): string {
  const x = shownX.value;
  const name = fullTitle(spec);
  if (!x) return name;
  const { xAxis } = view.preferences.value;
  const range = t('{0} to {1}', formatPosition(x.min, xAxis), formatPosition(x.max, xAxis));
  return `${name}. ${range}. ${t('Newest: {0}', valuesOf(spec, lines, null))}`;
}

/** The values at the cursor in words. */
export function readOut(spec: ChartSpec, lines: readonly Line[]): string {
  const step = markedStep.value;
  const x = markedX.value;
  if (step === null || x === undefined) return valuesOf(spec, lines, null);
  return `${formatPosition(x, view.preferences.value.xAxis)}: ${valuesOf(spec, lines, step)}`;
}

function valuesOf(spec: ChartSpec, lines: readonly Line[], step: number | null): string {
  const spoken = lines.slice(0, MOST).map((line) => {
    const value = formatReading(readingOf(line, spec, step)?.shown);
    const run = line.mark ? `${line.run.view.value.name} ` : '';
    return `${run}${line.tag.label} ${value}${spec.unit ? ` ${spec.unit}` : ''}`;
  });
  const more = lines.length - spoken.length;
  if (more > 0) spoken.push(t('and {0} more', more));
  return spoken.join(', ');
}
