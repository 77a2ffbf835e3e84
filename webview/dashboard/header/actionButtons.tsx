import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { RunAction } from '../../../src/shared/runActions';
import { Button } from '../../ui/button';
import type { IconName } from '../../ui/icon';
import { IconButton } from '../../ui/iconButton';
import { narrow } from '../layout';
import type { ShownRun } from '../runs';
import { ask, isPending } from './pendingActions';

interface ActionSign {
  readonly icon: IconName;
  readonly word: string;
  /** What it does, where the word leaves that open. */
  readonly hint: string;
  /** Used so seldom that an icon is enough. */
  readonly small?: true;
}

function actionSign(action: RunAction): ActionSign {
  switch (action) {
    case 'pause':
      return { icon: 'debug-pause', word: t('Pause'), hint: t('Pause after the present step') };
    case 'resume':
      return { icon: 'play', word: t('Resume'), hint: t('Train on where the run stands') };
    case 'stop':
      return { icon: 'debug-stop', word: t('Stop'), hint: t('Save a checkpoint and stop') };
    case 'checkpoint':
      return { icon: 'save', word: t('Save Checkpoint Now'), hint: '', small: true };
    case 'sample':
      return { icon: 'device-camera', word: t('Draw Samples Now'), hint: '', small: true };
    case 'takeControl':
      return {
        icon: 'key',
        word: t('Take Control'),
        hint: t('Command this run from this window; the other one goes on watching'),
      };
  }
}

/** A button for everything that can be done with a run now. */
export function ActionButtons({ run }: { readonly run: ShownRun }): JSX.Element {
  return (
    <>
      {run.view.value.actions.map((action) => {
        const { icon, word, hint, small } = actionSign(action);
        const busy = isPending(run, action);
        const onClick = (): void => ask(run, action);
        return small || narrow.value ? (
          <IconButton key={action} icon={icon} label={word} busy={busy} onClick={onClick} />
        ) : (
          <Button key={action} icon={icon} hint={hint} busy={busy} onClick={onClick}>
            {word}
          </Button>
        );
      })}
    </>
  );
}
