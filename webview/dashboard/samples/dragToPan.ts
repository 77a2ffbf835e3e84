/** A pointer that moves less has clicked. */
const DRAG_PIXELS = 4;

/**
 * Lets a mouse drag what is larger than its box; fingers scroll it without our help. A drag is no
 * click on what it ends on.
 *
 * @returns ends it
 */
export function dragToPan(box: HTMLElement): () => void {
  let from: { x: number; y: number; left: number; top: number } | undefined;
  let dragging = false;
  const onDown = (event: PointerEvent): void => {
    dragging = false;
    if (event.pointerType !== 'mouse' || event.button !== 0 || !isLarger(box)) return;
    from = { x: event.clientX, y: event.clientY, left: box.scrollLeft, top: box.scrollTop };
  };
  const onMove = (event: PointerEvent): void => {
    if (!from) return;
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y];
    if (!dragging && Math.hypot(dx, dy) < DRAG_PIXELS) return;
    if (!dragging) {
      dragging = true;
      box.setPointerCapture(event.pointerId);
      box.classList.add('dragging');
    }
    box.scrollLeft = from.left - dx;
    box.scrollTop = from.top - dy;
  };
  const onEnd = (): void => {
    from = undefined;
    box.classList.remove('dragging');
  };
  const onClick = (event: MouseEvent): void => {
    if (dragging) event.stopPropagation();
    dragging = false;
  };
  box.addEventListener('pointerdown', onDown);
  box.addEventListener('pointermove', onMove);
  box.addEventListener('pointerup', onEnd);
  box.addEventListener('pointercancel', onEnd);
  box.addEventListener('click', onClick, { capture: true });
  return () => {
    box.removeEventListener('pointerdown', onDown);
    box.removeEventListener('pointermove', onMove);
    box.removeEventListener('pointerup', onEnd);
    box.removeEventListener('pointercancel', onEnd);
    box.removeEventListener('click', onClick, { capture: true });
  };
}

function isLarger({ scrollWidth, scrollHeight, clientWidth, clientHeight }: Element): boolean {
  return scrollWidth > clientWidth || scrollHeight > clientHeight;
}
