import { t } from '@vscode/l10n';
import { formatCount } from '../../ui/format';
import { formatReading } from '../format';
import { valueAtPlace } from './cursor';
import { plotScales } from './extent';
import type { PlotCurve, PlotSpec } from './plotSpec';

/** What the cursor reads, in words: `Index 12: conv1 0.4213, conv2 0.3982`. */
export function readAloud(spec: PlotSpec, curves: readonly PlotCurve[], place: number): string {
  const values = curves.flatMap((curve) => {
    const value = valueAtPlace(curve, place);
    return value === undefined ? [] : [`${curve.name} ${formatReading(value)}`];
  });
  return `${spec.x.name} ${formatReading(place)}: ${values.join(', ')}`;
}

/** What a plot shows, for those who do not see it. */
export function plotSummary({ title, x, curves }: PlotSpec): string {
  const scales = plotScales({ title, x, y: { name: '', log: false }, curves }, curves);
  if (!scales) return title;
  const count = curves.length === 1 ? t('1 curve') : t('{0} curves', formatCount(curves.length));
  const ends = [scales.x.min, scales.x.max].map((end) => formatReading(end));
  return t(
    '{0}. {1}. {2}. Arrow keys read values.',
    title,
    count,
    t('{0} {1} to {2}', x.name, ...ends),
  );
}
