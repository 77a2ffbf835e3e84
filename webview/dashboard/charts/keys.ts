import { view } from '../viewState';
import { markedX, moveCursor } from './cursor';
import { revealX, shownX, wholeX, zoomX, zoomY } from './domain';
import { clampRange, fractionOf, zoomAround } from '../../figures/scale';

/** How much one press of plus or minus zooms. */
const STEP = 1.5;

/**
 * What a key does in a chart that has the focus: arrows move the cursor by rows, plus and minus zoom
 * around it, 0 shows everything, Escape takes the cursor away.
 *
 * @returns whether the key meant anything here
 */
export function pressKey(event: KeyboardEvent, chart: string): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  switch (event.key) {
    case 'ArrowLeft':
      move(event.shiftKey ? -10 : -1);
      return true;
    case 'ArrowRight':
      move(event.shiftKey ? 10 : 1);
      return true;
    case 'Home':
      move(-Infinity);
      return true;
    case 'End':
      move(Infinity);
      return true;
    case '+':
    case '=':
      zoom(1 / STEP);
      return true;
    case '-':
    case '_':
      zoom(STEP);
      return true;
    case '0':
      zoomX(undefined);
      zoomY(chart, undefined);
      return true;
    case 'Escape':
      if (view.cursor.value === null) return false;
      view.cursor.value = null;
      return true;
    default:
      return false;
  }
}

function move(rows: number): void {
  moveCursor(rows);
  if (markedX.value !== undefined) revealX(markedX.value);
}

function zoom(factor: number): void {
  const [shown, whole, marked] = [shownX.value, wholeX.value, markedX.value];
  if (!shown || !whole) return;
  const place = marked === undefined ? 0.5 : fractionOf(marked, shown);
  const anchor = place >= 0 && place <= 1 ? place : 0.5;
  zoomX(clampRange(zoomAround(shown, anchor, factor), whole));
}
