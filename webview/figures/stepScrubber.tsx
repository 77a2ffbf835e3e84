import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { IconButton } from '../ui/iconButton';
import { reducesMotion } from '../ui/motion';
import './stepScrubber.css';

const INTERVAL_MS = 200;
/** Whoever asked for less motion and still plays sees one step a second at most. */
const CALM_INTERVAL_MS = 1000;

export interface StepScrubberProps {
  /** Accessible name: what its notches are. */
  readonly label: string;
  readonly count: number;
  readonly index: number;
  /** What stands at an index, in words. */
  readonly textOf: (index: number) => string;
  readonly onGo: (index: number) => void;
}

/** Goes through steps one by one: a slider, buttons beside it, and playing. */
export function StepScrubber(props: StepScrubberProps): JSX.Element {
  const { label, count, index, textOf, onGo } = props;
  const [playing, setPlaying] = useState(false);
  const last = count - 1;
  useEffect(() => {
    if (!playing) return;
    if (index >= last) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(
      () => onGo(index + 1),
      reducesMotion() ? CALM_INTERVAL_MS : INTERVAL_MS,
    );
    return () => clearTimeout(timer);
  }, [playing, index, last]);
  const go = (next: number): void => {
    setPlaying(false);
    onGo(Math.max(0, Math.min(last, next)));
  };
  const shown = Math.max(0, index);
  return (
    <div class="step-scrubber" role="group" aria-label={label}>
      <IconButton
        icon="chevron-left"
        label={t('Previous')}
        disabled={index <= 0}
        onClick={() => go(index - 1)}
      />
      <IconButton
        icon={playing ? 'debug-pause' : 'play'}
        label={playing ? t('Stop playing') : t('Play')}
        disabled={last < 1}
        onClick={() => {
          if (!playing && index >= last) onGo(0);
          setPlaying(!playing);
        }}
      />
      <IconButton
        icon="chevron-right"
        label={t('Next')}
        disabled={index >= last}
        onClick={() => go(index + 1)}
      />
      <input
        type="range"
        min={0}
        max={Math.max(0, last)}
        step={1}
        value={shown}
        disabled={last < 1}
        aria-label={label}
        aria-valuetext={textOf(shown)}
        onInput={({ currentTarget }) => go(Number(currentTarget.value))}
      />
      <span class="step-scrubber-text" aria-hidden="true">
        {textOf(shown)}
      </span>
    </div>
  );
}
