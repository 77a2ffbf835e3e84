import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { Dropdown } from '../../ui/dropdown';
import { IconButton } from '../../ui/iconButton';
import { gridIndex, gridStep, gridSteps, sampledRun, showGrid } from '../samples/shownGrid';
import { formatCount } from '../../ui/format';
import { prefer, view } from '../viewState';
import { playing, stopPlaying, togglePlaying } from './playback';
import { gridForKey } from './scrubKeys';
import './scrubber.css';
import { StepSlider } from './stepSlider';
import { useAnnouncedGrid } from './useAnnouncedGrid';

/** Milliseconds per grid that one may choose. */
const intervals = [1000, 500, 250, 100, 50] as const;

/**
 * The one scrubber: goes through the steps of the sample grids and takes the cursors of all charts
 * with it.
 */
export function Scrubber(): JSX.Element {
  useAnnouncedGrid();
  const index = gridIndex.value;
  const last = gridSteps.value.length - 1;
  const goTo = (grid: number): void => {
    stopPlaying();
    showGrid(grid);
  };
  const follows = view.cursor.value === null;
  const isPlaying = playing.value;
  return (
    <div
      class="scrubber"
      role="group"
      aria-label={t('Step shown')}
      onKeyDown={(event) => {
        if (steer(event, goTo)) event.preventDefault();
      }}
    >
      <div class="scrubber-row">
        <div class="scrubber-buttons">
          <IconButton
            icon="debug-reverse-continue"
            label={t('First grid')}
            disabled={index <= 0}
            onClick={() => goTo(0)}
          />
          <IconButton
            icon="chevron-left"
            label={t('Previous grid')}
            disabled={index <= 0}
            onClick={() => goTo(index - 1)}
          />
          <IconButton
            icon={isPlaying ? 'debug-pause' : 'play'}
            label={isPlaying ? t('Stop playing') : t('Play the grids')}
            disabled={last < 1}
            onClick={togglePlaying}
          />
          <IconButton
            icon="chevron-right"
            label={t('Next grid')}
            disabled={index >= last}
            onClick={() => goTo(index + 1)}
          />
          <IconButton
            icon="debug-continue"
            label={t('Last grid')}
            disabled={index >= last}
            onClick={() => goTo(last)}
          />
        </div>
        <StepSlider onGo={goTo} />
        <StepLine />
        <div class="scrubber-choices">
          <IconButton
            icon="broadcast"
            label={t('Follow the newest grid')}
            pressed={follows}
            disabled={last < 0}
            onClick={() => {
              stopPlaying();
              view.cursor.value = follows ? (gridStep.value ?? null) : null;
            }}
          />
          <Speed />
        </div>
      </div>
    </div>
  );
}

/** Does what a key of the scrubber says; whether it was one. */
function steer(event: KeyboardEvent, goTo: (grid: number) => void): boolean {
  const { key, target, defaultPrevented, ctrlKey, metaKey, altKey } = event;
  if (defaultPrevented || ctrlKey || metaKey || altKey) return false;
  if (!(target instanceof Element) || target.closest('vscode-dropdown')) return false;
  if (key === ' ') {
    // A button is pressed by it.
    if (target.closest('vscode-button')) return false;
    togglePlaying();
    return true;
  }
  const grid = gridForKey(key, gridIndex.peek(), gridSteps.peek().length - 1);
  if (grid === undefined) return false;
  goTo(grid);
  return true;
}

/** Which step and which grid are shown, in words. */
function StepLine(): JSX.Element {
  const step = gridStep.value;
  const cursor = view.cursor.value;
  if (step === undefined) return <div class="scrubber-line">{t('No grid yet')}</div>;
  const total = sampledRun.value?.view.value.identity.progress.total ?? step;
  const grid = t(
    'grid {0} of {1}',
    formatCount(gridIndex.value + 1),
    formatCount(gridSteps.value.length),
  );
  return (
    <div class="scrubber-line">
      <span class="scrubber-step">
        {t('Step {0}', formatCount(step))}
        <span class="scrubber-total"> / {formatCount(total)}</span>
      </span>
      <span class="scrubber-grid">
        {cursor === null || cursor === step
          ? grid
          : t('{0}, cursor at {1}', grid, formatCount(cursor))}
      </span>
    </div>
  );
}

function Speed(): JSX.Element {
  const { playInterval } = view.preferences.value;
  return (
    <Dropdown
      label={t('Speed of playing')}
      value={String(playInterval)}
      options={[...new Set([...intervals, playInterval])]
        .sort((a, b) => b - a)
        .map((ms) => ({ value: String(ms), label: t('{0} / s', formatCount(1000 / ms)) }))}
      onChange={(ms) => prefer({ playInterval: Number(ms) })}
    />
  );
}
