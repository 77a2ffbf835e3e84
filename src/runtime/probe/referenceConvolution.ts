import { FILTER, type ConvolutionCase } from './convolution';

/** Values of a convolution and its gradients, row-major in TensorFlow's layouts. */
export interface ReferenceConvolution {
  readonly output: Float64Array;
  readonly inputGradient: Float64Array;
  readonly filterGradient: Float64Array;
}

/**
 * The convolution and its gradients as plain loops over their definition: what a runtime has to
 * agree with before it may train. Padding is TensorFlow's `same`: the odd pixel goes last.
 */
export function referenceConvolution(
  shape: ConvolutionCase,
  input: ArrayLike<number>,
  filter: ArrayLike<number>,
  outputGradient: ArrayLike<number>,
): ReferenceConvolution {
  const { batch, size, channelsIn, channelsOut, stride } = shape;
  const outputSize = Math.ceil(size / stride);
  const before = Math.floor(Math.max(0, (outputSize - 1) * stride + FILTER - size) / 2);
  const output = new Float64Array(batch * outputSize ** 2 * channelsOut);
  const inputGradient = new Float64Array(batch * size ** 2 * channelsIn);
  const filterGradient = new Float64Array(FILTER ** 2 * channelsIn * channelsOut);

  const visit = (image: number, row: number, column: number, tap: number): void => {
    const y = row * stride - before + Math.floor(tap / FILTER);
    const x = column * stride - before + (tap % FILTER);
    if (y < 0 || y >= size || x < 0 || x >= size) return;
    const from = ((image * size + y) * size + x) * channelsIn;
    const to = ((image * outputSize + row) * outputSize + column) * channelsOut;
    for (let i = 0; i < channelsIn; i++) {
      for (let o = 0; o < channelsOut; o++) {
        const weight = (tap * channelsIn + i) * channelsOut + o;
        output[to + o] += input[from + i] * filter[weight];
        inputGradient[from + i] += outputGradient[to + o] * filter[weight];
        filterGradient[weight] += outputGradient[to + o] * input[from + i];
      }
    }
  };
  for (let image = 0; image < batch; image++)
    for (let row = 0; row < outputSize; row++)
      for (let column = 0; column < outputSize; column++)
        for (let tap = 0; tap < FILTER ** 2; tap++) visit(image, row, column, tap);
  return { output, inputGradient, filterGradient };
}
