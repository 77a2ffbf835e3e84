import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { RunView } from '../../../src/shared/dashboard';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { formatCount } from '../../ui/format';
import { send } from '../connection';

/** In place of the grid while a run has none: when one comes, or why none does. */
export function NoGrid({ run }: { readonly run: RunView }): JSX.Element {
  const { key, actions, config, identity } = run;
  // Before the first step one comes by itself.
  const comesAnyway = identity.progress.step === 0 && config?.samples.every !== 0;
  return (
    <div class="samples-none">
      <Icon name="file-media" />
      <p>{whenGridsCome(run)}</p>
      {actions.includes('sample') && !comesAnyway && (
        <Button onClick={() => send({ type: 'action', key, action: 'sample' })}>
          {t('Draw Samples Now')}
        </Button>
      )}
    </div>
  );
}

/** When the first grid comes, in a sentence. */
function whenGridsCome({ config, status, identity }: RunView): string {
  const every = config?.samples.every;
  if (every === 0) return t('Sampling is off: samples.every is 0 in the config of this run.');
  if (status !== 'running' && status !== 'paused' && status !== 'elsewhere') {
    return t('This run ended before it drew a sample grid.');
  }
  const { step, total } = identity.progress;
  if (step === 0) return t('The first grid comes when the training begins.');
  if (every === undefined) return t('This run has no sample grid yet.');
  const next = Math.min((Math.floor(step / every) + 1) * every, total);
  return t('The first grid comes at step {0}.', formatCount(next));
}
