import { t } from '@vscode/l10n';
import { formatCount } from '../../ui/format';
import type { Evidence, Finding } from './evidence';

/** What a diverged training overflows first. */
const watched = ['loss/d', 'loss/g', 'score/real', 'score/fake', 'gradient/d', 'gradient/g'];

/**
 * NaN or infinity. The trainer stops by itself and says so; an infinity can also be in the curves,
 * where a value was too large for 32 bits.
 */
export function findNotFinite({ view, columns }: Evidence): Finding | undefined {
  const { reason = '', progress } = view.identity;
  const advice = t(
    'Start a run with a lower learning rate or another seed, or resume from an older checkpoint.',
  );
  if (view.status === 'failed' && /\b(NaN|Infinity)\b/.test(reason)) {
    const step = Number(/^Step (\d+)/.exec(reason)?.[1] ?? progress.step);
    const sentence = t('Training met a value that is not a number at step {0}.', formatCount(step));
    return { kind: 'notFinite', severity: 'error', step, sentence, advice };
  }
  for (const tag of watched) {
    const row = firstInfinite(columns.values(tag));
    if (row < 0) continue;
    const step = columns.steps[row];
    const sentence = t('{0} is infinite at step {1}.', tag, formatCount(step));
    return { kind: 'notFinite', severity: 'error', step, sentence, advice };
  }
  return undefined;
}

function firstInfinite(values: Float32Array | undefined): number {
  if (!values) return -1;
  // A loop: callbacks would cost tens of milliseconds in a run of a million rows.
  for (let row = 0; row < values.length; row++) {
    if (values[row] === Infinity || values[row] === -Infinity) return row;
  }
  return -1;
}
