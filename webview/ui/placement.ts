const GAP = 4;

/**
 * Puts something that floats in the top layer beside an element: below it where there is room, else
 * above, always inside the window; what is too high for either side scrolls on the roomier one.
 *
 * @param align which edges are in line
 */
export function placeBeside(
  floating: HTMLElement,
  anchor: Element,
  align: 'start' | 'centre' | 'end',
): void {
  floating.style.maxHeight = '';
  const target = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = floating;
  const lefts = {
    start: target.left,
    centre: (target.left + target.right - width) / 2,
    end: target.right - width,
  };
  const left = Math.max(GAP, Math.min(lefts[align], window.innerWidth - width - GAP));
  floating.style.left = `${left}px`;

  const roomBelow = window.innerHeight - target.bottom - 2 * GAP;
  const roomAbove = target.top - 2 * GAP;
  const below = height <= roomBelow || roomBelow >= roomAbove;
  const shown = Math.min(height, below ? roomBelow : roomAbove);
  if (shown < height) floating.style.maxHeight = `${shown}px`;
  floating.style.top = `${below ? target.bottom + GAP : target.top - GAP - shown}px`;
}
