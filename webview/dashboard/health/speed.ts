import { t } from '@vscode/l10n';
import { formatCount, formatSpeed } from '../../ui/format';
import type { Evidence, Finding } from './evidence';
import { median } from './medians';

const HOUR = 3600;
/** Rows that an hour, or the present, must have to be judged: single rows hold grids and saves. */
const ROWS = 20;
/** Rows of an hour to look at: a run of weeks has very many. */
const PER_HOUR = 60;
/** What is slow for less than this passes by itself. */
const PRESENT_S = 300;
/** Other work on the machine costs some; half is a cause one can find. */
const DROPPED = 0.5;

/** The run has become much slower than it was in its best hour. */
export function findSlowdown({ view, columns }: Evidence): Finding | undefined {
  const speeds = columns.values('imagesPerSecond');
  if (view.status !== 'running' || !speeds || speeds.length < 2 * ROWS) return undefined;
  const { times } = columns;
  const end = times[times.length - 1];
  let present = times.length - ROWS;
  while (present > 0 && end - times[present] < PRESENT_S) present--;
  const best = bestHour(times, speeds, present);
  const now = median(speeds.subarray(present));
  if (!(now < DROPPED * best)) return undefined;
  const step = columns.steps[present];
  return {
    kind: 'speed',
    severity: 'warning',
    step,
    sentence: t(
      'Training is at {0} images/s since step {1} at least; in its best hour it made {2}.',
      formatSpeed(now),
      formatCount(step),
      formatSpeed(best),
    ),
    advice: t('See what else uses the processor or the GPU, and whether the machine throttles.'),
  };
}

/** The highest of the medians of whole hours, up to a row; of all rows where there is no hour. */
function bestHour(times: Float64Array, speeds: Float32Array, before: number): number {
  let best = NaN;
  let from = 0;
  for (let row = 0; row < before; row++) {
    if (times[row] - times[from] < HOUR && row < before - 1) continue;
    const hour = speeds.subarray(from, row);
    if (hour.length >= ROWS) best = Math.max(median(hour, PER_HOUR), Number.isNaN(best) ? 0 : best);
    from = row;
  }
  return best;
}
