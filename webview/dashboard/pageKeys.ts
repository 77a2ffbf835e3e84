import { useEffect } from 'preact/hooks';
import { gridIndex, gridSteps, showGrid } from './samples/shownGrid';
import { play, playing, stopPlaying } from './scrubber/playback';
import { gridForKey } from './scrubber/scrubKeys';
import { view } from './viewState';

/** Keys of the scrubber that work wherever no control has the focus. */
export function usePageKeys(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { target, defaultPrevented, ctrlKey, metaKey, altKey } = event;
      if (target !== document.body || defaultPrevented || ctrlKey || metaKey || altKey) return;
      if (act(event.key)) event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
}

function act(key: string): boolean {
  if (key === ' ') {
    if (playing.peek()) stopPlaying();
    else play();
    return true;
  }
  if (key === 'Escape') {
    stopPlaying();
    view.cursor.value = null;
    return true;
  }
  // The slider has more keys; here they scroll.
  if (!['ArrowLeft', 'ArrowRight', 'Home', 'End'].includes(key)) return false;
  const grid = gridForKey(key, gridIndex.peek(), gridSteps.peek().length - 1);
  if (grid === undefined) return false;
  stopPlaying();
  showGrid(grid);
  return true;
}
