import type { GridLayout } from '../../../src/shared/gridLayout';

/**
 * The image that an arrow key, Home or End leads to in a grid; undefined for other keys. Nothing
 * lies beyond the edges; Ctrl with Home or End leads to the first or last image of all.
 */
export function cellForKey(
  { key, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>,
  cell: number,
  { columns, count }: Pick<GridLayout, 'columns' | 'count'>,
): number | undefined {
  const all = ctrlKey || metaKey;
  const rowStart = cell - (cell % columns);
  switch (key) {
    case 'ArrowRight':
      return Math.min(cell + 1, count - 1);
    case 'ArrowLeft':
      return Math.max(cell - 1, 0);
    case 'ArrowDown':
      return cell + columns < count ? cell + columns : cell;
    case 'ArrowUp':
      return cell - columns >= 0 ? cell - columns : cell;
    case 'Home':
      return all ? 0 : rowStart;
    case 'End':
      return all ? count - 1 : Math.min(rowStart + columns, count) - 1;
    default:
      return undefined;
  }
}
