import type { LayerGeometry, LayerKind } from '../../shared/inspection';

type Size = readonly [number, number];

/** Height and width of what a layer gives; below 1 where its geometry is impossible. */
export function outputSizeOf(shape: readonly number[], geometry: LayerGeometry): [number, number] {
  const { kind, stride, padding, dilation, outputPadding, inputSize } = geometry;
  if (kind === 'dense' || kind === 'embedding') return [1, 1];
  const [top, bottom, left, right] = padding;
  const zeros: Size = [top + bottom, left + right];
  const along = (axis: 0 | 1): number => {
    const reach = dilation[axis] * (shape[2 + axis] - 1) + 1;
    if (kind === 'conv') {
      return Math.floor((inputSize[axis] + zeros[axis] - reach) / stride[axis]) + 1;
    }
    return (inputSize[axis] - 1) * stride[axis] - zeros[axis] + reach + outputPadding[axis];
  };
  return [along(0), along(1)];
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
  const { kind, groups, inputSize } = geometry;
  const isImage = kind === 'conv' || kind === 'convTranspose';
  if (isImage !== (shape.length === 4)) {
    return `A weight with ${shape.length} sides is no ${isImage ? 'convolution' : 'matrix'}.`;
  }
  if (!isImage) return undefined;
  if (shape[0] % groups !== 0) {
    return `${shape[0]} channels cannot be split into ${groups} groups.`;
  }
  const [height, width] = outputSizeOf(shape, geometry);
  if (height >= 1 && width >= 1) return undefined;
  return `A kernel of ${shape[2]} x ${shape[3]} does not fit into an input of ${inputSize.join(' x ')} with its padding.`;
}
