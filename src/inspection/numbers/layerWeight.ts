import type { LayerKind, LayerListing } from '../../shared/inspection';
import { UserError } from '../../shared/userError';
import { type Matrix, matrixOf } from '../../spectral/matrix';
import type { WeightFile, WeightValues } from '../../weights/weightFile';
import type { FoundLayer } from '../listing/foundLayer';

/**
 * The raw weight of a layer in PyTorch's layout, row-major.
 *
 * @throws UserError where the array cannot be read
 */
export async function readWeight(weights: WeightFile, found: FoundLayer): Promise<WeightValues> {
  const values = await weights.read(found.weight);
  return found.order === 'torch' ? values : kernelToTorch(values, found);
}

/**
 * TensorFlow's [height, width, inputs, outputs] as PyTorch's (outputs, inputs, height, width); of
 * a transposed convolution, which TensorFlow stores as [height, width, outputs, inputs], the same
 * exchange gives PyTorch's (inputs, outputs, height, width). A depthwise kernel [height, width,
 * channels, multiplier] gives (channels * multiplier, 1, height, width).
 */
function kernelToTorch(values: WeightValues, { order, shape }: FoundLayer): WeightValues {
  const [first, second, height = 1, width = 1] = shape;
  const result = values.slice();
  const kernel = height * width;
  if (order === 'depthwise') {
    for (let place = 0; place < kernel; place++) {
      for (let c = 0; c < first; c++) result[c * kernel + place] = values[place * first + c];
    }
    return result;
  }
  for (let place = 0; place < kernel; place++) {
    for (let j = 0; j < second; j++) {
      const from = (place * second + j) * first;
      for (let i = 0; i < first; i++) result[(i * second + j) * kernel + place] = values[from + i];
    }
  }
  return result;
}

/**
 * A weight in PyTorch's layout as the paper's matrix: one row for each output, columns in the order
 * (inputs, height, width), which is that of PyTorch's v.
 *
 * @throws UserError for values that are not finite
 */
export function asPaperMatrix(
  values: WeightValues,
  { rows, columns, shape, geometry }: Pick<LayerListing, 'rows' | 'columns' | 'shape' | 'geometry'>,
): Matrix {
  return matrixOf(rows, columns, inRows(values, shape, geometry.kind));
}

function inRows(values: WeightValues, shape: readonly number[], kind: LayerKind): WeightValues {
  if (kind !== 'convTranspose') return values;
  const [inputs, outputs, height, width] = shape;
  const kernel = height * width;
  const result = values.slice();
  for (let i = 0; i < inputs; i++) {
    for (let o = 0; o < outputs; o++) {
      const from = (i * outputs + o) * kernel;
      result.set(values.subarray(from, from + kernel), (o * inputs + i) * kernel);
    }
  }
  return result;
}

/** One of the vectors of a layer, in float64, whatever sides its array has. */
export async function readVector(
  weights: WeightFile,
  name: string,
  length: number,
): Promise<Float64Array> {
  const values = Float64Array.from(await weights.read(name));
  if (values.length !== length) {
    throw new UserError(
      `"${name}" has ${values.length} values, but the weight needs ${length}; the file is damaged or the kind of the layer is another.`,
    );
  }
  if (!values.every(Number.isFinite)) {
    throw new UserError(`"${name}" holds NaN or infinite values, so sigma cannot be estimated.`);
  }
  return values;
}
