import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { RunView } from '../../../src/shared/dashboard';
import { Button } from '../../ui/button';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/iconButton';
import { send } from '../connection';
import { copyText } from '../copyText';
import { formatCount } from '../../ui/format';
import type { ShownRun } from '../runs';
import { ask, isPending } from './pendingActions';

/** Why a run failed or died, the last it said, and how to go on; nothing for other runs. */
export function EndPanel({ run }: { readonly run: ShownRun }): JSX.Element | null {
  const view = run.view.value;
  const { key, status, actions, lastLogLines = [], checkpoints } = view;
  if (status !== 'failed' && status !== 'dead') return null;
  const checkpoint = checkpoints.at(-1);
  return (
    <section class="end-panel" aria-label={t('Why training ended')}>
      <h2>
        <Icon name={status === 'failed' ? 'error' : 'warning'} class="bad" />
        {status === 'failed'
          ? t('Training failed at step {0}', formatCount(view.identity.progress.step))
          : t('The trainer ended without notice')}
      </h2>
      <p>{reasonOf(view)}</p>
      {lastLogLines.length > 0 && <LogLines lines={lastLogLines} />}
      <div class="end-actions">
        {actions.includes('resume') && (
          <Button
            appearance="primary"
            icon="play"
            busy={isPending(run, 'resume')}
            onClick={() => ask(run, 'resume')}
          >
            {checkpoint === undefined
              ? t('Resume from the Beginning')
              : t('Resume from Step {0}', formatCount(checkpoint))}
          </Button>
        )}
        <Button icon="output" onClick={() => send({ type: 'open', key, place: 'log' })}>
          {t('Open Log')}
        </Button>
      </div>
    </section>
  );
}

function reasonOf({ reason, identity }: RunView): string {
  return reason ?? identity.reason ?? t('Nothing is known about why; the log may tell.');
}

function LogLines({ lines }: { lines: readonly string[] }): JSX.Element {
  const text = lines.join('\n');
  return (
    <div class="log-lines">
      <pre tabIndex={0} aria-label={t('Last lines of the log')}>
        {text}
      </pre>
      <IconButton icon="copy" label={t('Copy')} onClick={() => void copyText(text)} />
    </div>
  );
}
