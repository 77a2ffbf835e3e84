import { effect } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { dragToPan } from './dragToPan';
import { pan, type Pan } from './markedCell';
import { zoomBy } from './zoomKeys';

/** A pinch sends many small turns of the wheel; one level takes so much. */
const WHEEL_PER_LEVEL = 50;

/** A point of the content, as shares of its size, and where in the box it is to stay. */
interface Anchor {
  readonly share: { readonly x: number; readonly y: number };
  readonly at: { readonly x: number; readonly y: number };
}

/**
 * Moves and zooms what is larger than its box: drags, scroll bars and the wheel move it, and all
 * boxes move together; Ctrl and the wheel zoom around the pointer.
 *
 * @param scale of what is in the box
 * @param fit the scale at which it would fit
 */
export function usePanning(scale: number, fit: number): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null);
  const anchor = useRef<Anchor>(undefined);
  const fitting = useRef(fit);
  fitting.current = fit;

  useLayoutEffect(() => {
    const box = ref.current;
    if (!box) return;
    if (anchor.current) {
      const { share, at } = anchor.current;
      box.scrollLeft = share.x * box.scrollWidth - at.x;
      box.scrollTop = share.y * box.scrollHeight - at.y;
    } else {
      applyPan(box, pan.peek());
    }
    anchor.current = undefined;
  }, [scale]);

  useEffect(() => {
    const box = ref.current;
    if (!box) return;
    const stopFollowing = effect(() => applyPan(box, pan.value));
    const onScroll = (): void => followScroll(box);
    let turned = 0;
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      turned += event.deltaY;
      if (Math.abs(turned) < WHEEL_PER_LEVEL) return;
      const { left, top } = box.getBoundingClientRect();
      const at = { x: event.clientX - left, y: event.clientY - top };
      anchor.current = { at, share: shareAt(box, at) };
      zoomBy(turned < 0 ? 1 : -1, fitting.current);
      turned = 0;
    };
    const stopDragging = dragToPan(box);
    box.addEventListener('scroll', onScroll, { passive: true });
    box.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      stopFollowing();
      stopDragging();
      box.removeEventListener('scroll', onScroll);
      box.removeEventListener('wheel', onWheel);
    };
  }, []);
  return ref;
}

function shareAt(box: Element, { x, y }: { x: number; y: number }): { x: number; y: number } {
  return { x: (box.scrollLeft + x) / box.scrollWidth, y: (box.scrollTop + y) / box.scrollHeight };
}

function wayOf(box: Element): { x: number; y: number } {
  return { x: box.scrollWidth - box.clientWidth, y: box.scrollHeight - box.clientHeight };
}

function applyPan(box: Element, { x, y }: Pan): void {
  const way = wayOf(box);
  box.scrollLeft = x * way.x;
  box.scrollTop = y * way.y;
}

/** Takes over where a box was scrolled to; what another box caused is there already. */
function followScroll(box: Element): void {
  const way = wayOf(box);
  const before = pan.peek();
  const share = (at: number, length: number, kept: number): number =>
    length < 1 || Math.abs(at - kept * length) < 1.5 ? kept : at / length;
  const x = share(box.scrollLeft, way.x, before.x);
  const y = share(box.scrollTop, way.y, before.y);
  if (x !== before.x || y !== before.y) pan.value = { x, y };
}
