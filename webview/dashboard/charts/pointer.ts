import { view } from '../viewState';
import { hoverAt, leave, setCursorAt } from './cursor';
import { shownX, wholeX, zoomX, zoomY } from './domain';
import type { Picture } from './picture';
import { clampRange, part, valueAt, zoomAround, type Scale } from '../../figures/scale';

/** Pixels that a press may move and still be a click. */
const CLICK_DISTANCE = 4;
/** A box that is thinner than this means the other direction only. */
const BOX_LEAST = 14;
/** How much one pixel of a wheel zooms. */
const WHEEL_SPEED = 0.0018;
const DOUBLE_CLICK_MS = 500;

/** What the pointer acts on. */
export interface PointedChart {
  readonly name: string;
  /** What is shown now. */
  picture(): Picture | undefined;
  /** The pointer is in this chart: it is drawn before others. */
  taken(): void;
  /** The wheel turned over a chart that is not in focus; the page scrolls. */
  wheelPassed(): void;
}

interface Press {
  readonly kind: 'box' | 'pan';
  readonly x: number;
  readonly y: number;
  readonly scaleX: Scale;
  readonly scaleY: Scale;
  moved: boolean;
}

/**
 * Lets the pointer read, zoom and move a chart: hover shows values, a click sets the cursor, a drag
 * zooms into a box, shift, alt or the middle button moves, the wheel zooms, a double click shows
 * everything again.
 *
 * The wheel alone zooms a chart that has the focus; over others it scrolls the page, unless a
 * modifier is held: whoever scrolls past twenty charts would change them all.
 *
 * @param over element over the plotting area
 */
export function followPointer(over: HTMLElement, chart: PointedChart): () => void {
  const hand = new Hand(over, chart);
  const listeners = new AbortController();
  const { signal } = listeners;
  over.addEventListener('pointerdown', (event) => hand.press(event), { signal });
  over.addEventListener('pointermove', (event) => hand.move(event), { signal });
  over.addEventListener('pointerup', (event) => hand.release(event), { signal });
  over.addEventListener('pointercancel', () => hand.cancel(), { signal });
  over.addEventListener('pointerleave', leave, { signal });
  over.addEventListener('dblclick', (event) => hand.reset(event), { signal });
  over.addEventListener('wheel', (event) => hand.turn(event), { signal, passive: false });
  // The middle button would scroll by itself, and paste.
  over.addEventListener('auxclick', (event) => event.preventDefault(), { signal });
  window.addEventListener('keydown', ({ key }) => key === 'Escape' && hand.cancel(), { signal });
  return () => {
    listeners.abort();
    leave();
  };
}

class Hand {
  private pressed: Press | undefined;
  private readonly box = document.createElement('div');
  private before: { readonly cursor: number | null; readonly at: number } | undefined;

  constructor(
    private readonly over: HTMLElement,
    private readonly chart: PointedChart,
  ) {
    this.box.className = 'chart-box';
  }

  press(event: PointerEvent): void {
    const picture = this.chart.picture();
    const pans = event.button === 1 || (event.button === 0 && (event.shiftKey || event.altKey));
    if (!picture || (event.button !== 0 && !pans)) return;
    if (event.button === 1) event.preventDefault();
    this.over.setPointerCapture(event.pointerId);
    this.chart.taken();
    const { x, y } = this.place(event);
    this.pressed = {
      kind: pans ? 'pan' : 'box',
      x,
      y,
      scaleX: picture.x,
      scaleY: picture.y,
      moved: false,
    };
  }

  move(event: PointerEvent): void {
    const { x, y } = this.place(event);
    const { pressed } = this;
    const picture = this.chart.picture();
    if (!picture) return;
    if (!pressed) {
      if (event.pointerType === 'touch') return;
      this.chart.taken();
      hoverAt(valueAt(this.along(x), picture.x));
      return;
    }
    if (!pressed.moved && Math.hypot(x - pressed.x, y - pressed.y) < CLICK_DISTANCE) return;
    pressed.moved = true;
    if (pressed.kind === 'pan') this.pan(pressed, x, y);
    else this.drawBox(pressed, x, y);
  }

  release(event: PointerEvent): void {
    const { pressed } = this;
    this.cancel();
    if (!pressed) return;
    const { x, y } = this.place(event);
    if (!pressed.moved) {
      if (pressed.kind === 'pan') return;
      const second = this.before && event.timeStamp - this.before.at < DOUBLE_CLICK_MS;
      if (!second) this.before = { cursor: view.cursor.value, at: event.timeStamp };
      setCursorAt(valueAt(this.along(x), pressed.scaleX));
    } else if (pressed.kind === 'box') this.zoomIntoBox(pressed, x, y);
  }

  cancel(): void {
    this.pressed = undefined;
    this.box.remove();
  }

  reset(event: MouseEvent): void {
    const { before } = this;
    // The clicks have set the cursor, which nobody meant.
    if (before && event.timeStamp - before.at < 2 * DOUBLE_CLICK_MS) {
      view.cursor.value = before.cursor;
    }
    zoomX(undefined);
    zoomY(this.chart.name, undefined);
  }

  turn(event: WheelEvent): void {
    const whole = wholeX.value;
    const shown = shownX.value;
    if (!whole || !shown) return;
    const modified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (!modified && !this.over.closest('.chart-plot')?.contains(document.activeElement)) {
      this.chart.wheelPassed();
      return;
    }
    event.preventDefault();
    this.chart.taken();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
    const sideways = Math.abs(event.deltaX) > Math.abs(event.deltaY) && !event.altKey;
    // With shift held some systems turn the wheel sideways; it zooms all the same.
    if (sideways && !event.shiftKey) {
      const shift = (event.deltaX * unit) / this.over.clientWidth;
      zoomX(clampRange(part(shown, shift, 1 + shift), whole));
      return;
    }
    const turned = (event.deltaY || event.deltaX) * unit;
    const factor = Math.exp(Math.max(-200, Math.min(200, turned)) * WHEEL_SPEED);
    zoomX(clampRange(zoomAround(shown, this.along(this.place(event).x), factor), whole));
  }

  private pan({ scaleX, scaleY, x: startX, y: startY }: Press, x: number, y: number): void {
    const whole = wholeX.value;
    if (!whole) return;
    const shift = (startX - x) / this.over.clientWidth;
    if (view.zoom.value) zoomX(clampRange(part(scaleX, shift, 1 + shift), whole));
    if (this.chart.name in view.yZoom.value) {
      const lift = (y - startY) / this.over.clientHeight;
      zoomY(this.chart.name, part(scaleY, lift, 1 + lift));
    }
  }

  private drawBox(pressed: Press, x: number, y: number): void {
    const { left, right, top, bottom } = this.boxOf(pressed, x, y);
    const { clientWidth, clientHeight } = this.over;
    const { style } = this.box;
    style.left = `${left * clientWidth}px`;
    style.width = `${(right - left) * clientWidth}px`;
    style.top = `${top * clientHeight}px`;
    style.height = `${(bottom - top) * clientHeight}px`;
    this.over.append(this.box);
  }

  private zoomIntoBox(pressed: Press, x: number, y: number): void {
    const whole = wholeX.value;
    if (!whole) return;
    const { left, right, top, bottom } = this.boxOf(pressed, x, y);
    if (right - left < 1) zoomX(clampRange(part(pressed.scaleX, left, right), whole));
    if (bottom - top < 1) zoomY(this.chart.name, part(pressed.scaleY, 1 - bottom, 1 - top));
  }

  /** Sides of the box from 0 to 1; a direction in which it is thin is taken whole. */
  private boxOf(
    pressed: Press,
    x: number,
    y: number,
  ): { left: number; right: number; top: number; bottom: number } {
    const side = (from: number, to: number, length: number, least: number): [number, number] => {
      if (Math.abs(to - from) < least) return [0, 1];
      const clamped = [from, to].map((place) => Math.max(0, Math.min(1, place / length)));
      return [Math.min(...clamped), Math.max(...clamped)];
    };
    const { clientWidth, clientHeight } = this.over;
    const flat = Math.abs(x - pressed.x) < BOX_LEAST && Math.abs(y - pressed.y) < BOX_LEAST;
    const [left, right] = side(pressed.x, x, clientWidth, flat ? 0 : BOX_LEAST);
    const [top, bottom] = side(pressed.y, y, clientHeight, BOX_LEAST);
    return { left, right, top, bottom };
  }

  private along(x: number): number {
    return Math.max(0, Math.min(1, x / this.over.clientWidth));
  }

  private place(event: MouseEvent): { x: number; y: number } {
    const { left, top } = this.over.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }
}
