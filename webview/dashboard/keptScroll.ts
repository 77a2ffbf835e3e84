import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { view } from './viewState';

/** A pane may still grow while curves arrive; after this it stays where it is. */
const RESTORE_MS = 3_000;

/** Keeps how far a pane is scrolled, and brings that back as soon as the pane is long enough. */
export function useKeptScroll<T extends HTMLElement>(name: string): RefObject<T | null> {
  const ref = useRef<T>(null);
  useLayoutEffect(() => {
    const pane = ref.current;
    if (!pane) return;
    const wanted = view.scroll.peek()[name] ?? 0;
    let restoring = wanted > 0;
    const restore = (): void => {
      if (!restoring) return;
      pane.scrollTop = wanted;
      restoring = pane.scrollTop < wanted - 1;
    };
    const stop = (): void => {
      restoring = false;
    };
    const keep = (): void => {
      if (restoring) return;
      const scroll = view.scroll.peek();
      const top = Math.round(pane.scrollTop);
      if (scroll[name] !== top) view.scroll.value = { ...scroll, [name]: top };
    };
    const growth = new ResizeObserver(restore);
    for (const child of pane.children) growth.observe(child);
    const children = new MutationObserver(() => {
      for (const child of pane.children) growth.observe(child);
      restore();
    });
    children.observe(pane, { childList: true });
    const timer = setTimeout(stop, RESTORE_MS);
    pane.addEventListener('scroll', keep, { passive: true });
    // Whoever scrolls by hand meanwhile knows better.
    pane.addEventListener('wheel', stop, { passive: true });
    pane.addEventListener('pointerdown', stop);
    pane.addEventListener('keydown', stop);
    restore();
    return () => {
      clearTimeout(timer);
      growth.disconnect();
      children.disconnect();
      pane.removeEventListener('scroll', keep);
      pane.removeEventListener('wheel', stop);
      pane.removeEventListener('pointerdown', stop);
      pane.removeEventListener('keydown', stop);
    };
  }, [name]);
  return ref;
}
