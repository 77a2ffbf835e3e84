/**
 * RGBA [height, width, 4] laid on white: RGB [height, width, 3]. White is what drawings with a
 * transparent ground are made for.
 */
export function flattenOnWhite(rgba: Uint8Array | Uint8ClampedArray): Uint8Array {
  const rgb = new Uint8Array((rgba.length / 4) * 3);
  for (let from = 0, to = 0; from < rgba.length; from += 4, to += 3) {
    const alpha = rgba[from + 3];
    if (alpha === 255) {
      rgb[to] = rgba[from];
      rgb[to + 1] = rgba[from + 1];
      rgb[to + 2] = rgba[from + 2];
      continue;
    }
    const white = 255 * (255 - alpha);
    rgb[to] = Math.round((rgba[from] * alpha + white) / 255);
    rgb[to + 1] = Math.round((rgba[from + 1] * alpha + white) / 255);
    rgb[to + 2] = Math.round((rgba[from + 2] * alpha + white) / 255);
  }
  return rgb;
}
