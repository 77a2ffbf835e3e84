import { t } from '@vscode/l10n';
import type { RunText } from '../runText';

/** A run that is about to be deleted, and what is in it. */
export interface Doomed {
  readonly name: string;
  readonly bytes: number;
  readonly checkpoints: number;
  readonly samples: number;
}

/** More names than these would make a dialogue that nobody reads. */
const NAMED = 8;

/** The question before runs are deleted, and the lines that say what would be lost. */
export function describeLoss(
  doomed: readonly Doomed[],
  text: RunText,
): { readonly question: string; readonly lines: readonly string[] } {
  const sum = (key: 'bytes' | 'checkpoints' | 'samples'): number =>
    doomed.reduce((total, run) => total + run[key], 0);
  const lost = t(
    'Its curves, log, checkpoints ({0}) and sample grids ({1}): {2}.',
    text.count(sum('checkpoints')),
    text.count(sum('samples')),
    text.size(sum('bytes')),
  );
  const [first] = doomed;
  if (doomed.length === 1)
    return { question: t('Delete the run "{0}"?', first.name), lines: [lost] };
  const names = doomed.slice(0, NAMED).map(({ name, bytes }) => `${name} (${text.size(bytes)})`);
  const others = doomed.length - names.length;
  return {
    question: t('Delete {0} runs?', doomed.length),
    lines: [
      ...names,
      ...(others > 0 ? [t('and {0} more', others)] : []),
      t(
        'Their curves, logs, checkpoints ({0}) and sample grids ({1}): {2}.',
        text.count(sum('checkpoints')),
        text.count(sum('samples')),
        text.size(sum('bytes')),
      ),
    ],
  };
}
