import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { view } from '../viewState';

/** The page may still grow while rows arrive; after this it stays where it is. */
const RESTORE_MS = 3_000;

/** Keeps how far the page is scrolled, and brings that back as soon as it is long enough. */
export function useKeptScroll(): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const page = ref.current;
    if (!page) return;
    const wanted = view.scroll.peek();
    let restoring = wanted > 0;
    const restore = (): void => {
      if (!restoring) return;
      page.scrollTop = wanted;
      restoring = page.scrollTop < wanted - 1;
    };
    const stop = (): void => {
      restoring = false;
    };
    const keep = (): void => {
      if (!restoring) view.scroll.value = Math.round(page.scrollTop);
    };
    const growth = new MutationObserver(restore);
    growth.observe(page, { childList: true, subtree: true });
    const timer = setTimeout(stop, RESTORE_MS);
    page.addEventListener('scroll', keep, { passive: true });
    // Whoever scrolls by hand meanwhile knows better.
    const byHand = ['wheel', 'pointerdown', 'keydown'];
    for (const event of byHand) page.addEventListener(event, stop, { passive: true });
    restore();
    return () => {
      clearTimeout(timer);
      growth.disconnect();
      page.removeEventListener('scroll', keep);
      for (const event of byHand) page.removeEventListener(event, stop);
    };
  }, []);
  return ref;
}
