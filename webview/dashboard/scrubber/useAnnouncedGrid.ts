import { t } from '@vscode/l10n';
import { useEffect, useRef } from 'preact/hooks';
import { announce } from '../../ui/announce';
import { gridIndex, gridStep, gridSteps } from '../samples/shownGrid';
import { formatCount } from '../../ui/format';
import { playing } from './playback';

const QUIET_MS = 700;

/**
 * Tells a screen reader which grid is shown, once it has stayed for a moment. The slider tells it
 * itself while it has the focus; while grids are played nobody could listen to it.
 */
export function useAnnouncedGrid(): void {
  const step = gridStep.value;
  const quiet = playing.value;
  const told = useRef(step);
  useEffect(() => {
    if (step === undefined || step === told.current || quiet) return;
    if (told.current === undefined) {
      told.current = step;
      return;
    }
    const timer = setTimeout(() => {
      told.current = step;
      if (document.activeElement?.matches('.scrubber input')) return;
      const grid = formatCount(gridIndex.peek() + 1);
      const count = formatCount(gridSteps.peek().length);
      announce(t('Samples of step {0}, grid {1} of {2}', formatCount(step), grid, count));
    }, QUIET_MS);
    return () => clearTimeout(timer);
  }, [step, quiet]);
}
