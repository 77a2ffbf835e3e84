/** Grids that Page Up and Page Down pass. */
const PAGE = 10;

/**
 * The grid that a key leads to, as a slider's keys do; undefined for other keys. It may lie beyond
 * the ends.
 */
export function gridForKey(key: string, index: number, last: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return index + 1;
    case 'ArrowLeft':
    case 'ArrowDown':
      return index - 1;
    case 'PageUp':
      return index + PAGE;
    case 'PageDown':
      return index - PAGE;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return undefined;
  }
}
