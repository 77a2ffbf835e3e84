const GAP = 4;

/**
 * Puts something that floats in the top layer beside an element: below it where there is room, else
 * above, and always inside the window.
 *
 * @param align which edges are in line
 */
export function placeBeside(
  floating: HTMLElement,
  anchor: Element,
  align: 'start' | 'centre' | 'end',
): void {
  const target = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = floating;
  const lefts = {
    start: target.left,
    centre: (target.left + target.right - width) / 2,
    end: target.right - width,
  };
  const left = Math.max(GAP, Math.min(lefts[align], window.innerWidth - width - GAP));
  const below = target.bottom + GAP;
  const above = target.top - GAP - height;
  const fits = below + height <= window.innerHeight - GAP || above < GAP;
  floating.style.left = `${left}px`;
  floating.style.top = `${fits ? below : above}px`;
}
