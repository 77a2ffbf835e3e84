import type { LayerListing } from '../../shared/inspection';
import type { Convolution } from '../../spectral/convolution';
import type { WeightValues } from '../../weights/weightFile';
import { convolutionAt, outputSizeOf } from '../listing/layerSizes';

/** A layer as the linear map that it is; undefined for layers that are plain matrices. */
export function convolutionOf(
  { shape, geometry }: LayerListing,
  values: WeightValues,
): Convolution | undefined {
  const convolution = convolutionAt(shape, geometry);
  return convolution && { ...convolution, weight: Float64Array.from(values) };
}

/**
 * Whether the norm of a layer is that of its matrix: no two output pixels see the same input pixel,
 * so that the map is the matrix repeated side by side, or there is only one output pixel.
 */
export function isItsMatrix({ shape, geometry }: LayerListing): boolean {
  const { kind, groups, stride, padding } = geometry;
  if (kind === 'dense' || kind === 'embedding') return true;
  if (kind === 'convTranspose' || groups !== 1 || padding.some((zeros) => zeros > 0)) return false;
  const [height, width] = outputSizeOf(shape, geometry);
  return (shape[2] <= stride[0] && shape[3] <= stride[1]) || (height === 1 && width === 1);
}
