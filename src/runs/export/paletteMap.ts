/** Bits of red, green and blue that tell colours apart here: more than 256 colours can show. */
const BITS = 6;
const UNKNOWN = -1;

/** Finds the colour of a palette that is nearest to another; it remembers what it has found. */
export class PaletteMap {
  private readonly found = new Int16Array(1 << (3 * BITS)).fill(UNKNOWN);

  /** @param palette at most 32768 colours; red, green and blue from 0 to 255 */
  constructor(private readonly palette: readonly (readonly [number, number, number])[]) {}

  /**
   * @param rgba four bytes a pixel, the last of them ignored
   * @returns for each pixel the index of a colour
   */
  indices(rgba: Uint8Array): Uint8Array {
    const { found } = this;
    const indices = new Uint8Array(rgba.length / 4);
    const drop = 8 - BITS;
    for (let i = 0; i < indices.length; i++) {
      const red = rgba[4 * i] >> drop;
      const green = rgba[4 * i + 1] >> drop;
      const blue = rgba[4 * i + 2] >> drop;
      const key = (red << (2 * BITS)) | (green << BITS) | blue;
      if (found[key] === UNKNOWN) found[key] = this.nearest(red, green, blue);
      indices[i] = found[key];
    }
    return indices;
  }

  private nearest(red: number, green: number, blue: number): number {
    // The middle of the colours that are one colour here.
    const middle = (value: number): number => (value + 0.5) * (1 << (8 - BITS)) - 0.5;
    const [r, g, b] = [middle(red), middle(green), middle(blue)];
    let best = 0;
    let least = Infinity;
    this.palette.forEach((colour, i) => {
      const distance = (colour[0] - r) ** 2 + (colour[1] - g) ** 2 + (colour[2] - b) ** 2;
      if (distance >= least) return;
      least = distance;
      best = i;
    });
    return best;
  }
}
