/**
 * What one frame may take: milliseconds in which drawings may begin, and whole charts, because
 * their pixels are made after the script has ended and take longer than it. What does not fit waits
 * for the next frame, so that the chart under the pointer stays smooth however many others follow.
 */
const BUDGET_MS = 4;
const MOST_CHARTS = 3;

/** Something that is drawn anew whenever what it shows has changed. */
export interface Drawn {
  /** @param wholly whether more than the cursor has changed */
  draw(wholly: boolean): void;
}

/** What waits to be drawn, and whether wholly. */
const waiting = new Map<Drawn, boolean>();
let preferred: Drawn | undefined;
let frame = 0;

/** Draws something in the next frame that has time for it; once, however often it is asked. */
export function drawSoon(drawn: Drawn, wholly: boolean): void {
  waiting.set(drawn, wholly || (waiting.get(drawn) ?? false));
  if (frame === 0) frame = requestAnimationFrame(drawWaiting);
}

/** What is drawn first in every frame: the chart that the pointer or the keyboard is in. */
export function preferDrawing(drawn: Drawn): void {
  preferred = drawn;
}

/** Forgets a drawing: its chart is gone or out of sight. */
export function drawNever(drawn: Drawn): void {
  waiting.delete(drawn);
  if (preferred === drawn) preferred = undefined;
}

function drawWaiting(): void {
  frame = 0;
  const start = performance.now();
  let charts = 0;
  const first = preferred && waiting.has(preferred) ? [preferred] : [];
  for (const drawn of [...first, ...waiting.keys()]) {
    if (!waiting.has(drawn)) continue;
    if (performance.now() - start > BUDGET_MS || charts === MOST_CHARTS) break;
    const wholly = waiting.get(drawn) ?? false;
    if (wholly) charts++;
    waiting.delete(drawn);
    drawn.draw(wholly);
  }
  if (waiting.size > 0 && frame === 0) frame = requestAnimationFrame(drawWaiting);
}
