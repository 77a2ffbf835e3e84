import type { TargetedPointerEvent } from 'preact';
import { useRef, useState } from 'preact/hooks';
import type { Box } from '../figure';
import { part, valueAt } from '../scale';
import type { PlotScales, PlotZoom } from './extent';

/** Pixels that a press may move and still be a click. */
const CLICK_DISTANCE = 4;
/** A box that is thinner than this means the other direction only. */
const BOX_LEAST = 14;

export interface PointedPlot {
  readonly box: Box;
  readonly scales: PlotScales;
  readonly onHover: (x: number | undefined) => void;
  readonly onClick: (x: number) => void;
  readonly onZoom: (zoom: PlotZoom) => void;
}

type Feel = (event: TargetedPointerEvent<HTMLElement>) => void;

/** What the element over the plot is given. */
export interface PlotHandlers {
  readonly onPointerDown: Feel;
  readonly onPointerMove: Feel;
  readonly onPointerUp: Feel;
  readonly onPointerCancel: Feel;
  readonly onPointerLeave: Feel;
}

/** Reads a plot under the pointer, and zooms into the box that is dragged. */
export function usePlotPointer(plot: PointedPlot): {
  handlers: PlotHandlers;
  dragged: Box | undefined;
} {
  const start = useRef<{ readonly x: number; readonly y: number } | undefined>(undefined);
  const [dragged, setDragged] = useState<Box>();
  const { box, scales } = plot;
  const along = (x: number): number => Math.max(0, Math.min(1, (x - box.left) / box.width));
  const up = (y: number): number => Math.max(0, Math.min(1, 1 - (y - box.top) / box.height));
  const end = (): void => {
    start.current = undefined;
    setDragged(undefined);
  };
  const handlers: PlotHandlers = {
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = placeOf(event);
    },
    onPointerMove: (event) => {
      const at = placeOf(event);
      const from = start.current;
      if (!from) {
        if (event.pointerType !== 'touch') plot.onHover(valueAt(along(at.x), scales.x));
        return;
      }
      const drawn = boxBetween(from, at, box);
      if (dragged || Math.hypot(at.x - from.x, at.y - from.y) >= CLICK_DISTANCE) setDragged(drawn);
    },
    onPointerUp: (event) => {
      const [from, at] = [start.current, placeOf(event)];
      const drawn = dragged;
      end();
      if (!from) return;
      if (!drawn) return plot.onClick(valueAt(along(at.x), scales.x));
      const wide = drawn.width < box.width;
      const high = drawn.height < box.height;
      plot.onZoom({
        ...(wide && { x: part(scales.x, along(drawn.left), along(drawn.left + drawn.width)) }),
        ...(high && { y: part(scales.y, up(drawn.top + drawn.height), up(drawn.top)) }),
      });
    },
    onPointerCancel: end,
    onPointerLeave: () => plot.onHover(undefined),
  };
  return { handlers, dragged };
}

function placeOf(event: TargetedPointerEvent<HTMLElement>): { x: number; y: number } {
  const { left, top } = event.currentTarget.getBoundingClientRect();
  return { x: event.clientX - left, y: event.clientY - top };
}

/** The box between two corners; a direction in which it is thin is taken whole. */
function boxBetween(
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
  whole: Box,
): Box {
  const side = (a: number, b: number, start: number, length: number): [number, number] => {
    if (Math.abs(a - b) < BOX_LEAST) return [start, length];
    const [low, high] = [Math.min(a, b), Math.max(a, b)].map((place) =>
      Math.max(start, Math.min(start + length, place)),
    );
    return [low, high - low];
  };
  const [left, width] = side(from.x, to.x, whole.left, whole.width);
  const [top, height] = side(from.y, to.y, whole.top, whole.height);
  return { left, top, width, height };
}
