import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { announce } from '../../ui/announce';
import { Icon } from '../../ui/icon';
import { tooltip } from '../../ui/tooltip';
import { HealthWord } from '../health/healthWord';
import type { ShownRun } from '../runs';
import { ActionButtons } from './actionButtons';
import { Facts } from './facts';
import './header.css';
import { MoreMenu } from './moreMenu';
import { ShortcutsButton } from './shortcuts';
import { statusSign } from './status';

/** What a run is and does, and the buttons to command it. */
export function RunHeader({ run }: { readonly run: ShownRun }): JSX.Element {
  const view = run.view.value;
  const { name, annotations, control, status } = view;
  const sign = statusSign(view);
  useAnnounced(`${name}: ${sign.word}`);
  const lives = status === 'running' || status === 'paused';
  return (
    <header class="run-header">
      <div class="title-line">
        <h1 {...tooltip(name)}>{name}</h1>
        {annotations.starred && (
          <span role="img" aria-label={t('Starred')} class="star">
            <Icon name="star-full" />
          </span>
        )}
        <span class={`status status-${sign.kind}`}>
          <Icon name={sign.icon} spin={sign.spin ?? false} />
          {sign.word}
        </span>
        <HealthWord />
        {lives && control === 'elsewhere' && (
          <span class="read-only">
            <Icon name="lock" />
            {t('Another window controls this run')}
          </span>
        )}
        {lives && control === 'nobody' && (
          <span class="read-only">
            <Icon name="debug-disconnect" />
            {t('Connecting to the trainer…')}
          </span>
        )}
        <div class="actions" role="toolbar" aria-label={t('Actions of this run')}>
          <ActionButtons run={run} />
          <MoreMenu run={run} />
          <ShortcutsButton />
        </div>
      </div>
      {annotations.note && <p class="note">{annotations.note}</p>}
      <Facts run={run} />
      <Progress run={run} />
    </header>
  );
}

/** A slim bar on the header's edge; the numbers stand above it. */
function Progress({ run }: { run: ShownRun }): JSX.Element {
  const { step, total } = run.view.value.identity.progress;
  const share = total > 0 ? Math.min(1, step / total) : 0;
  return (
    <div class="progress" aria-hidden="true">
      <div style={{ transform: `scaleX(${share})` }} />
    </div>
  );
}

/** Tells changes to whoever does not see them, but not what stood there at the beginning. */
function useAnnounced(sentence: string): void {
  const told = useRef(sentence);
  useEffect(() => {
    if (told.current === sentence) return;
    told.current = sentence;
    announce(sentence);
  }, [sentence]);
}
