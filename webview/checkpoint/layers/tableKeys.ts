import type { LayerRow } from './rows';
import { showLayer, toggleLayer } from './selection';

/** Rows that a page key goes over. */
const PAGE = 10;

/** The row that a key leads to; undefined where it leads nowhere. */
export function moveAlong(event: KeyboardEvent, from: number, count: number): number | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const wanted = {
    ArrowUp: from - 1,
    ArrowDown: from + 1,
    PageUp: from - PAGE,
    PageDown: from + PAGE,
    Home: 0,
    End: count - 1,
  }[event.key];
  return wanted === undefined ? undefined : Math.max(0, Math.min(count - 1, wanted));
}

/** Does what a key means on a row; false where it means nothing. */
export function actOnRow({ key }: KeyboardEvent, { chosenBy }: LayerRow): boolean {
  if (key !== 'Enter' && key !== ' ') return false;
  if (chosenBy === undefined) return true;
  if (key === ' ') {
    toggleLayer(chosenBy);
    return true;
  }
  showLayer(chosenBy);
  document.querySelector<HTMLElement>('.details h2')?.focus();
  return true;
}
