import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { InspectionState } from '../../../src/shared/checkpointPage';
import { announce } from '../../ui/announce';
import { formatCount } from '../../ui/format';
import { Link } from '../../ui/link';
import { send } from '../connection';
import { fileNames } from '../figures/names';
import { files, type ShownFile } from '../files';

/** What is being computed, how far that is, and how to stop it or go on. */
export function Progress(): JSX.Element {
  const shown = files.value;
  const working = shown.find(({ state }) => state.value?.kind === 'working');
  const stopped = shown.filter(({ state }) => state.value?.kind === 'cancelled');
  useAnnouncedEnd(working === undefined && shown.some(({ state }) => state.value?.kind === 'done'));
  const state = working?.state.value;
  return (
    <div class="inspection-progress">
      {working && state?.kind === 'working' && <Working file={working} state={state} />}
      {!working && stopped.length > 0 && (
        <p>
          {t('Stopped before everything was computed.')}{' '}
          <Link onClick={() => goOn(stopped)}>{t('Continue')}</Link>
        </p>
      )}
    </div>
  );
}

type Work = Extract<InspectionState, { kind: 'working' }>;

function Working({ file, state }: { file: ShownFile; state: Work }): JSX.Element {
  const { done, total } = state;
  const words = sentenceOf(state);
  const index = files.value.indexOf(file);
  return (
    <>
      <p>
        {files.value.length > 1 && <span class="dim">{fileNames(files.value)[index]}: </span>}
        {words} <Link onClick={stopAll}>{t('Cancel')}</Link>
      </p>
      <div
        class="progress"
        role="progressbar"
        aria-label={t('Inspection')}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        aria-valuetext={words}
      >
        <div style={{ transform: `scaleX(${total > 0 ? Math.min(1, done / total) : 0})` }} />
      </div>
    </>
  );
}

/** `Singular values, 3 of 8: conv4` */
function sentenceOf({ doing, layer, done, total }: Work): string {
  const part = [formatCount(Math.min(total, done + 1)), formatCount(total), layer] as const;
  switch (doing) {
    case 'weights':
      return t('Weights, {0} of {1}: {2}', ...part);
    case 'spectra':
      return t('Singular values, {0} of {1}: {2}', ...part);
    case 'operators':
      return t('True norms, {0} of {1}: {2}', ...part);
  }
}

function stopAll(): void {
  for (const { file, state } of files.peek()) {
    if (state.peek()?.kind === 'working') send({ type: 'cancel', file });
  }
}

function goOn(stopped: readonly ShownFile[]): void {
  for (const { file } of stopped) send({ type: 'compute', file, layers: [] });
}

/** Whoever does not see the bar hears that it is full, but not what was so at the beginning. */
function useAnnouncedEnd(done: boolean): void {
  const before = useRef(done);
  useEffect(() => {
    if (done && !before.current) announce(t('Everything is computed.'));
    before.current = done;
  }, [done]);
}
