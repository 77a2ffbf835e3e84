import { clampRange, fractionOf, zoomAround, type Range, type Scale } from '../scale';

/** How much one press of plus or minus zooms. */
const STEP = 1.5;
/** No shorter part of an axis is zoomed into. */
const LEAST_PART = 1e-4;
/** Places that an arrow key passes with shift. */
const FAR = 10;

/** What a key asks of a plot that has the focus. */
export type PlotKey =
  | { readonly kind: 'move'; readonly places: number }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'whole' }
  | { readonly kind: 'leave' }
  | { readonly kind: 'pick' };

/** Arrows move the cursor, plus and minus zoom around it, 0 shows all, Escape puts it away. */
export function plotKey(event: KeyboardEvent): PlotKey | undefined {
  const { key, shiftKey, ctrlKey, metaKey, altKey } = event;
  if (ctrlKey || metaKey || altKey) return undefined;
  const far = shiftKey ? FAR : 1;
  switch (key) {
    case 'ArrowLeft':
      return { kind: 'move', places: -far };
    case 'ArrowRight':
      return { kind: 'move', places: far };
    case 'Home':
      return { kind: 'move', places: -Infinity };
    case 'End':
      return { kind: 'move', places: Infinity };
    case '+':
    case '=':
      return { kind: 'zoom', factor: 1 / STEP };
    case '-':
    case '_':
      return { kind: 'zoom', factor: STEP };
    case '0':
      return { kind: 'whole' };
    case 'Escape':
      return { kind: 'leave' };
    case 'Enter':
    case ' ':
      return { kind: 'pick' };
    default:
      return undefined;
  }
}

/** The part of the x axis after zooming around a place; undefined: all of it. */
export function zoomed(
  shown: Scale,
  whole: Scale,
  place: number | undefined,
  factor: number,
): Range | undefined {
  const part = fractionOf(shown.max, whole) - fractionOf(shown.min, whole);
  if (part * factor < LEAST_PART) return shown;
  const fraction = place === undefined ? 0.5 : fractionOf(place, shown);
  const anchor = fraction >= 0 && fraction <= 1 ? fraction : 0.5;
  return clampRange(zoomAround(shown, anchor, factor), whole);
}
