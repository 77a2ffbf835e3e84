import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { Icon } from '../../ui/icon';
import { IconButton } from '../../ui/iconButton';
import { tooltip } from '../../ui/tooltip';
import { toggleRun } from '../charts/hidden';
import { send } from '../connection';
import { statusSign } from '../header/status';
import { runs, type ShownRun } from '../runs';
import { view } from '../viewState';
import { RunName } from './runName';

/** The runs that are compared: shown or not, what they do, away with one, one more. */
export function RunList(): JSX.Element {
  return (
    <ul class="run-list" aria-label={t('Runs compared')}>
      {runs.value.map((run, index) => (
        <li key={run.key}>
          <RunChip run={run} index={index} />
        </li>
      ))}
      <li key="add">
        <IconButton
          icon="add"
          label={t('Compare With…')}
          onClick={() => send({ type: 'addRuns' })}
        />
      </li>
    </ul>
  );
}

function RunChip({ run, index }: { run: ShownRun; index: number }): JSX.Element {
  const { name } = run.view.value;
  const { icon, word, kind } = statusSign(run.view.value);
  const hidden = view.hiddenRuns.value.includes(run.key);
  return (
    <div class={hidden ? 'run-chip run-hidden' : 'run-chip'}>
      <button
        type="button"
        aria-pressed={!hidden}
        onClick={() => toggleRun(run.key)}
        {...tooltip(hidden ? t('Show {0}', name) : t('Hide {0}', name))}
      >
        <Icon name={hidden ? 'eye-closed' : 'eye'} />
        <RunName run={run} index={index} />
      </button>
      <span class={`status status-${kind}`} {...tooltip(word)}>
        <Icon name={icon} />
        <span class="visually-hidden">{word}</span>
      </span>
      <IconButton
        icon="close"
        label={t('Remove {0} from the comparison', name)}
        disabled={runs.value.length === 1}
        onClick={() => send({ type: 'removeRun', key: run.key })}
      />
    </div>
  );
}
