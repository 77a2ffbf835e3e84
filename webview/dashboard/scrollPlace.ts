import type { ScrollPlace } from '../kept/keptScroll';
import { view } from './viewState';

/** Where it is kept how far one of the page's panes is scrolled. */
export function scrollPlace(pane: string): ScrollPlace {
  return {
    kept: () => view.scroll.peek()[pane] ?? 0,
    keep: (top) => {
      const scroll = view.scroll.peek();
      if (scroll[pane] !== top) view.scroll.value = { ...scroll, [pane]: top };
    },
  };
}
