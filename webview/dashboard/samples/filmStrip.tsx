import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { RunView } from '../../../src/shared/dashboard';
import { lastAtOrBefore } from '../../figures/ascending';
import { gridForKey } from '../scrubber/scrubKeys';
import { FilmFrame } from './filmFrame';
import { spreadOverTraining } from './gridSteps';
import { showGrid } from './shownGrid';

/** More frames would show hardly more of how an image came to be. */
const MAX_FRAMES = 60;

export interface FilmStripProps {
  readonly run: RunView;
  readonly step: number;
  readonly cell: number;
}

/** The same latent over the training, spread evenly; a frame takes everything to its step. */
export function FilmStrip({ run, step, cell }: FilmStripProps): JSX.Element | null {
  const { samples } = run;
  const strip = useRef<HTMLDivElement>(null);
  const frames = useMemo(() => spreadOverTraining(samples.length, MAX_FRAMES), [samples.length]);
  const current = lastAtOrBefore(frames, lastAtOrBefore(samples, step));
  useLayoutEffect(() => {
    const frame = strip.current?.children[current];
    if (!strip.current || !(frame instanceof HTMLElement)) return;
    reveal(strip.current, frame);
    if (strip.current.contains(document.activeElement)) frame.focus({ preventScroll: true });
  }, [current]);
  if (frames.length < 2) return null;
  return (
    <div
      ref={strip}
      class="samples-film"
      role="listbox"
      aria-orientation="horizontal"
      aria-label={t('Sample {0} over the training', cell + 1)}
      onKeyDown={(event) => {
        const next = gridForKey(event.key, current, frames.length - 1);
        if (next === undefined) return;
        event.preventDefault();
        showGrid(frames[Math.min(Math.max(next, 0), frames.length - 1)]);
      }}
    >
      {frames.map((index, i) => (
        <FilmFrame
          key={index}
          run={run}
          step={samples[index]}
          cell={cell}
          current={i === current}
          choose={() => showGrid(index)}
        />
      ))}
    </div>
  );
}

/** Scrolls the strip, and nothing around it, until a frame and its neighbours are seen. */
function reveal(strip: HTMLElement, frame: HTMLElement): void {
  const left = frame.offsetLeft - strip.offsetLeft - frame.offsetWidth;
  const right = left + 3 * frame.offsetWidth;
  if (left < strip.scrollLeft) strip.scrollLeft = left;
  else if (right > strip.scrollLeft + strip.clientWidth) {
    strip.scrollLeft = right - strip.clientWidth;
  }
}
