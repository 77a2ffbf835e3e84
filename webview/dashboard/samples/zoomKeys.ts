import { signal } from '@preact/signals';
import { view } from '../viewState';
import { changeSamples } from './shownGrid';
import { nextZoom } from './zoom';

/** What fitting comes to in the first box, for buttons and keys: CSS pixels per image pixel. */
export const fitted = signal(1);

/** Zooms one level in or out. */
export function zoomBy(direction: 1 | -1, fit = fitted.peek()): void {
  changeSamples({ scale: nextZoom(view.samples.peek().scale, fit, direction) });
}

/** Does what `+`, `-` and `0` say; whether it was one of them. */
export function zoomByKey({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  if (ctrlKey || metaKey || altKey) return false;
  switch (key) {
    case '+':
    case '=':
      zoomBy(1);
      return true;
    case '-':
      zoomBy(-1);
      return true;
    case '0':
      changeSamples({ scale: 0 });
      return true;
    default:
      return false;
  }
}
