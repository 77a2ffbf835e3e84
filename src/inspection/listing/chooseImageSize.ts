import { type Plan, type PlannedLayer, walk } from './plan';

/** A dense layer behind an image, which tells how many pixels the image has there. */
export interface Head {
  /** All that comes before it. */
  readonly before: Plan;
  /** Height times width. */
  readonly area: number;
}

/** Sides of images, the likely ones first. */
const sides = [32, 64, 48, 28, 128, 96, 256, 16, 24, 40, 80, 224, 299, 512, 8, 4];
/** Official networks end at 4 x 4 pixels; a residual one of 32 pixels at 8 x 8. */
const LAST_SIDE = 4;

/**
 * The side of the images that a network takes, by what its dense layers need.
 *
 * @param halvings how often the network halves an image
 * @param endsInKernel whether its last convolution takes the whole image of 4 x 4 pixels
 */
export function chooseImageSize(
  heads: readonly Head[],
  layers: ReadonlyMap<string, PlannedLayer>,
  halvings: number,
  endsInKernel: boolean,
): number {
  const fits = (side: number): boolean =>
    heads.every(({ before, area }) => {
      const [height, width] = walk(before, [side, side], layers, () => undefined).size;
      return height * width === area;
    });
  if (heads.length > 0) return sides.find(fits) ?? sides[0];
  const whole = LAST_SIDE * 2 ** Math.min(halvings, 8);
  return endsInKernel ? whole : Math.max(32, whole);
}
