import { useSignal, type ReadonlySignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';

/** Drawn a little before they scroll into sight; the second name is for panes that scroll. */
const margins: IntersectionObserverInit & { readonly scrollMargin: string } = {
  rootMargin: '200px',
  scrollMargin: '200px',
};

/** Whether an element is in sight or about to be. */
export function useInView(ref: RefObject<Element | null>): ReadonlySignal<boolean> {
  const visible = useSignal(false);
  useLayoutEffect(() => {
    const { current: element } = ref;
    if (!element) return;
    const observer = new IntersectionObserver((entries) => {
      visible.value = entries.at(-1)?.isIntersecting ?? false;
    }, margins);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return visible;
}
