/** Pixels of the screen per pixel of an image that one may choose; 0 fits the grid into its box. */
export const zoomLevels = [0, 1, 2, 3, 4, 8] as const;

/**
 * The next zoom level in or out.
 *
 * @param fit what fitting comes to now: it stands between the levels
 */
export function nextZoom(scale: number, fit: number, direction: 1 | -1): number {
  const now = scale === 0 ? fit : scale;
  const levels = zoomLevels.slice(1);
  if (direction > 0) return levels.find((level) => level > now) ?? levels[levels.length - 1];
  // Smaller than fitting shows nothing more.
  return levels.findLast((level) => level < now && level > fit) ?? 0;
}

/** Pixels that a backing canvas may have; beyond, the browser's own enlargement does. */
const MAX_BACKING = 16 * 2 ** 20;

/**
 * How much a picture is enlarged on its canvas before the browser scales it to the screen. Where
 * one pixel of the picture covers whole pixels of the screen nothing is to be done; else pixels of
 * unequal width would show, so it is enlarged beyond the screen and scaled down smoothly.
 *
 * @param ratio screen pixels per picture pixel, in device pixels
 */
export function backingScale(ratio: number, width: number, height: number): number {
  if (ratio <= 1 || Math.abs(ratio - Math.round(ratio)) < 1e-3) return 1;
  const scale = Math.ceil(ratio);
  return scale * scale * width * height <= MAX_BACKING ? scale : 1;
}
