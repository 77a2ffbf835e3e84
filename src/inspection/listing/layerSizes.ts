import type { LayerGeometry, LayerKind } from '../../shared/inspection';
import { type ConvolutionGeometry, geometryFlaw, outputSize } from '../../spectral/convolution';

/** A layer's shape and geometry as those of a convolution; undefined where it is a plain matrix. */
export function convolutionAt(
  [first, second, height, width]: readonly number[],
  { kind, ...rest }: LayerGeometry,
): ConvolutionGeometry | undefined {
  if (kind === 'dense' || kind === 'embedding') return undefined;
  return { ...rest, shape: [first, second, height, width], transposed: kind === 'convTranspose' };
}

/** Height and width of what a layer gives; below 1 where its geometry is impossible. */
export function outputSizeOf(shape: readonly number[], geometry: LayerGeometry): [number, number] {
  const convolution = convolutionAt(shape, geometry);
  return convolution ? outputSize(convolution) : [1, 1];
}

/** Rows and columns of the paper's matrix: one row for each output (of one group, if transposed). */
export function matrixSides(
  shape: readonly number[],
  kind: LayerKind,
): [rows: number, columns: number] {
  const values = shape.reduce((product, side) => product * side, 1);
  const rows = kind === 'convTranspose' ? shape[1] : shape[0];
  return [rows, values / rows];
}

/** Channels that a convolution takes and gives. */
export function channelsOf(
  shape: readonly number[],
  { kind, groups }: Pick<LayerGeometry, 'kind' | 'groups'>,
): { readonly inputs: number; readonly outputs: number } {
  const [first, second] = shape;
  return kind === 'convTranspose'
    ? { inputs: first, outputs: second * groups }
    : { inputs: second * groups, outputs: first };
}

/** Why a geometry is impossible; one sentence. */
export function flawOf(shape: readonly number[], geometry: LayerGeometry): string | undefined {
  const convolution = convolutionAt(shape, geometry);
  if ((convolution !== undefined) !== (shape.length === 4)) {
    return `A weight with ${shape.length} sides is no ${convolution ? 'convolution' : 'matrix'}.`;
  }
  return convolution && geometryFlaw(convolution);
}
