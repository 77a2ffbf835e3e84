import { useSignal, type ReadonlySignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** Charts are drawn a little before they scroll into sight. */
const MARGIN = 200;
/** The second name is for panes that scroll. */
const margins: IntersectionObserverInit & { readonly scrollMargin: string } = {
  rootMargin: `${MARGIN}px`,
  scrollMargin: `${MARGIN}px`,
};

/** Whether an element is in sight or about to be. */
export function useInView(ref: RefObject<Element | null>): ReadonlySignal<boolean> {
  const visible = useSignal(false);
  useLayoutEffect(() => {
    const { current: element } = ref;
    if (!element) return;
    // The observer answers a frame later; what opens in sight is drawn at once.
    const { top, bottom } = element.getBoundingClientRect();
    visible.value = top < window.innerHeight + MARGIN && bottom > -MARGIN;
    const observer = new IntersectionObserver((entries) => {
      visible.value = entries.at(-1)?.isIntersecting ?? false;
    }, margins);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return visible;
}
