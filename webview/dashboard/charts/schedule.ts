/**
 * Milliseconds of a frame that drawing may take. What does not fit waits for the next frame, so
 * that the chart under the pointer stays smooth however many others follow it.
 */
const BUDGET_MS = 9;

const waiting = new Set<() => void>();
let preferred: (() => void) | undefined;
let frame = 0;

/** Draws something in the next frame that has time for it; once, however often it is asked. */
export function drawSoon(draw: () => void): void {
  waiting.add(draw);
  if (frame === 0) frame = requestAnimationFrame(drawWaiting);
}

/** What is drawn first in every frame: the chart that a person is moving. */
export function preferDrawing(draw: () => void): void {
  preferred = draw;
}

/** Forgets a drawing: its chart is gone or out of sight. */
export function drawNever(draw: () => void): void {
  waiting.delete(draw);
  if (preferred === draw) preferred = undefined;
}

function drawWaiting(): void {
  frame = 0;
  const start = performance.now();
  if (preferred && waiting.delete(preferred)) preferred();
  for (const draw of waiting) {
    if (performance.now() - start > BUDGET_MS) break;
    waiting.delete(draw);
    draw();
  }
  if (waiting.size > 0 && frame === 0) frame = requestAnimationFrame(drawWaiting);
}
