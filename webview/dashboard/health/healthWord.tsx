import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { Icon } from '../../ui/icon';
import { tooltip } from '../../ui/tooltip';
import { formatCount } from '../../ui/format';
import { runs } from '../runs';
import { findings } from './watch';

/** Of a run that failed or died nobody would say that it is well. */
const ended = new Set<string>(['failed', 'dead']);

/** The quiet word that nothing is wrong; the strip speaks where something is. */
export function HealthWord(): JSX.Element | null {
  const examined = runs.value.filter(({ key, revision, columns }) => {
    return revision.value >= 0 && findings.value.has(key) && columns.length > 0;
  });
  const [primary] = runs.value;
  if (!primary || ended.has(primary.view.value.status)) return null;
  if (examined.length === 0 || examined.some(({ key }) => findings.value.get(key)?.length)) {
    return null;
  }
  const step = Math.max(...examined.map(({ columns }) => columns.steps[columns.length - 1]));
  const hint = t(
    'Up to step {0}: no NaN, no exploded loss, no saturated D, gradients and spectral norms in order, sampling and speed as expected.',
    formatCount(step),
  );
  return (
    <span class="health-word" tabIndex={0} {...tooltip(hint)}>
      <Icon name="pulse" />
      <span>{t('Healthy')}</span>
    </span>
  );
}
