import type { RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** A pane may still grow while its contents arrive; after this it stays where it is. */
const RESTORE_MS = 3_000;

/** Where it is kept how far a pane is scrolled, in pixels. */
export interface ScrollPlace {
  readonly kept: () => number;
  readonly keep: (top: number) => void;
}

/**
 * Keeps how far a pane is scrolled, and brings that back as soon as the pane is long enough.
 *
 * @param place is read once, when the pane is made
 */
export function useKeptScroll<T extends HTMLElement>(place: ScrollPlace): RefObject<T | null> {
  const ref = useRef<T>(null);
  useLayoutEffect(() => {
    const pane = ref.current;
    if (!pane) return;
    const wanted = place.kept();
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
      if (!restoring) place.keep(Math.round(pane.scrollTop));
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
    const byHand = ['wheel', 'pointerdown', 'keydown'];
    for (const event of byHand) pane.addEventListener(event, stop, { passive: true });
    restore();
    return () => {
      clearTimeout(timer);
      growth.disconnect();
      children.disconnect();
      pane.removeEventListener('scroll', keep);
      for (const event of byHand) pane.removeEventListener(event, stop);
    };
  }, []);
  return ref;
}
