import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { RunView } from '../../src/shared/dashboard';
import { ProgressRing } from '../ui/progressRing';
import type { ShownRun } from './runs';

/** In place of curves while there are none: what is going on, or why there never will be any. */
export function EmptyState({ run }: { readonly run: ShownRun }): JSX.Element {
  const view = run.view.value;
  const { working, sentence, detail } = describePhase(view);
  return (
    <div class="empty-state">
      {working && <ProgressRing />}
      <p>{sentence}</p>
      {detail !== undefined && <p class="dim">{detail}</p>}
    </div>
  );
}

interface Phase {
  /** Whether waiting helps. */
  readonly working: boolean;
  readonly sentence: string;
  readonly detail?: string;
}

/** What a run without rows is doing, as far as its folder tells. */
function describePhase({ status, identity, config }: RunView): Phase {
  if (identity.progress.step > 0) return { working: true, sentence: t('Reading the curves…') };
  switch (status) {
    case 'running':
    case 'elsewhere':
      if (!identity.runtime) {
        return {
          working: true,
          sentence: t('Reading the images and choosing a runtime…'),
          ...(config && { detail: config.data.source }),
        };
      }
      return {
        working: true,
        sentence: t('Training its first step…'),
        detail: t('The first step takes longer than those after it.'),
      };
    case 'paused':
      return { working: false, sentence: t('Paused before the first step.') };
    case 'finished':
    case 'stopped':
    case 'failed':
    case 'dead':
      return { working: false, sentence: t('This run ended before its first step.') };
  }
}
