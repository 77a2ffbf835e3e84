import { t } from '@vscode/l10n';
import { formatCount, formatDuration } from '../../ui/format';
import type { Evidence, Finding } from './evidence';
import { median } from './medians';

/** A grid that is due is drawn before the next step; two that are missing are no coincidence. */
const GRIDS_MISSED = 2;

/** No grid was drawn for much longer than the config asks for. */
export function findSamplingStuck({ view }: Evidence): Finding | undefined {
  const { status, config, samples, identity } = view;
  const every = config?.samples.every ?? 0;
  if (status !== 'running' || every === 0) return undefined;
  const last = samples.at(-1) ?? 0;
  const { step: now } = identity.progress;
  if (now - last <= (GRIDS_MISSED + 0.5) * every) return undefined;
  return {
    kind: 'sampling',
    severity: 'warning',
    step: last,
    sentence: t(
      'No samples were drawn since step {0}, although every {1} steps were asked for.',
      formatCount(last),
      formatCount(every),
    ),
    advice: t('Open the log: the disk may be full, or the samples folder is not writable.'),
  };
}

/** A grid, a checkpoint or a busy machine may hold a step up that long, whatever its usual time. */
const SHORTEST_STALL_S = 120;
/** Rows come evenly; one that takes ten times as long as usual does not come soon. */
const TIMES_USUAL = 10;
/** Rows that tell how long one usually takes. */
const RECENT = 100;

/** The run is said to be running and logs nothing. */
export function findStall({ view, columns, silence }: Evidence): Finding | undefined {
  const { status, identity } = view;
  if (status !== 'running' || identity.state === 'starting') return undefined;
  const times = columns.times.subarray(-RECENT - 1);
  const gaps = times.slice(1).map((time, i) => time - times[i]);
  const usual = gaps.length > 0 ? median(gaps) : 0;
  if (silence < Math.max(SHORTEST_STALL_S, TIMES_USUAL * usual)) return undefined;
  const { step } = identity.progress;
  return {
    kind: 'stall',
    severity: 'warning',
    step,
    sentence: t(
      'Nothing was logged for {0} after step {1}, although the run is running.',
      formatDuration(silence),
      formatCount(step),
    ),
    advice: t(
      'See whether the machine is out of memory or busy; Stop and Resume go on from a checkpoint.',
    ),
  };
}
