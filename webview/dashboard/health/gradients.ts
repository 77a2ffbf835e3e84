import { t } from '@vscode/l10n';
import { formatReading } from '../../figures/format';
import { formatCount } from '../../ui/format';
import type { Evidence, Finding } from './evidence';
import { median, streakStart } from './medians';

const ROWS = 30;

/**
 * Adam divides by the root of the second moment plus epsilon, 1e-8. A million weights whose
 * gradients are that small have a norm of 1e-5; below it epsilon rules and G stands still.
 */
const ADAM_STANDS_STILL = 1e-5;

/** A thousandth of what the norm was for most of the run. Losses that settle cost it a factor. */
const OF_USUAL = 1e-3;

/** G no longer gets a gradient. */
export function findVanishedGradients({ columns }: Evidence): Finding | undefined {
  const norms = columns.values('gradient/g');
  if (!norms || norms.length < 2 * ROWS) return undefined;
  // The first half: a run that has stood still for long must not become its own measure.
  const usual = median(norms.subarray(0, Math.max(ROWS, norms.length >> 1)));
  const limit = Math.max(ADAM_STANDS_STILL, OF_USUAL * usual);
  const start = streakStart(
    norms.length,
    (row) => norms[row],
    (norm) => norm < limit,
  );
  if (start < 0 || norms.length - start < ROWS) return undefined;
  const step = columns.steps[start];
  return {
    kind: 'gradients',
    severity: 'warning',
    step,
    sentence: t(
      'The gradient of G has been below {0} since step {1}; G hardly changes.',
      formatReading(limit),
      formatCount(step),
    ),
    advice: t(
      'Resume from a checkpoint before that step in a new run, with a lower learning rate.',
    ),
  };
}
