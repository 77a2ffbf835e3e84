import { markedCell } from './markedCell';
import { changeSamples } from './shownGrid';

/** Where the focus goes with the view: what had it is gone. */
let focusNext: 'cell' | 'grid' | undefined;

/** Shows one image of the grid enlarged. */
export function enlarge(cell: number): void {
  focusNext = 'cell';
  changeSamples({ cell });
}

/** Goes back to the grid, to the image that was enlarged. */
export function closeEnlarged(cell: number): void {
  focusNext = 'grid';
  changeSamples({ cell: null });
  markedCell.value = cell;
}

/** Whether this part takes the focus now that it is there; not when a page comes back as it was. */
export function takesFocus(part: 'cell' | 'grid'): boolean {
  const takes = focusNext === part;
  if (takes) focusNext = undefined;
  return takes;
}
