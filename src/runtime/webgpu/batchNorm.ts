import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { WebgpuBackend } from './backend';
import { reduceColumns, rowsAndColumns, type ColumnReduction } from './columns';
import { runFlat } from './elementwise';

/**
 * Mean and variance as Welford's running update in a thread, and Chan's update of pairs between
 * threads: no difference of large sums, whatever the mean.
 */
const moments: ColumnReduction = {
  name: 'moments',
  fields: 2,
  inputs: ['x'],
  each: `
    n += 1.0;
    let change = x[i] - a0;
    a0 += change / n;
    a1 += change * (x[i] - a0);`,
  merge: `
    if (bn > 0.0) {
      let total = n + bn;
      let change = b0 - a0;
      a0 += change * (bn / total);
      a1 += b1 + change * change * (n * bn / total);
      n = total;
    }`,
  outputs: ['mean', 'variance', 'statistics'],
  finish: `
    let spread = a1 / n;
    mean[column] = a0;
    variance[column] = spread;
    statistics[column] = a0;
    statistics[columns + column] = 1.0 / sqrt(spread + uniforms.epsilon);`,
};

const gradientSums: ColumnReduction = {
  name: 'batchNormGradientSums',
  fields: 2,
  inputs: ['dy', 'x', 'statistics'],
  each: `
    a0 += dy[i];
    a1 += dy[i] * (x[i] - statistics[column]) * statistics[columns + column];
    n += 1.0;`,
  merge: 'a0 += b0; a1 += b1; n += bn;',
  outputs: ['shiftGradient', 'scaleGradient'],
  finish: 'shiftGradient[column] = a0; scaleGradient[column] = a1;',
};

/**
 * The kernel of `batchNorm`: y, mean, biased variance, and the statistics [2, channels] (mean and
 * 1/√(σ² + ε)) for the gradient.
 */
export const batchNorm: KernelFunc = ({ inputs, backend, attrs }) => {
  const webgpu = backend as WebgpuBackend;
  const [x, scale, shift] = ['x', 'scale', 'shift'].map((name) => inputs[name] as TensorInfo);
  const { epsilon } = attrs as unknown as { epsilon: number };
  const channels = tf.util.sizeFromShape(scale.shape);
  const [mean, variance, statistics] = reduceColumns(
    webgpu,
    moments,
    [x],
    rowsAndColumns(x.shape, channels),
    [[channels], [channels], [2, channels]],
    { epsilon },
  );
  const [y] = runFlat(
    webgpu,
    {
      name: 'batchNorm',
      inputs: ['x', 'statistics', 'scale', 'shift'],
      outputs: ['result'],
      numbers: [],
      code: `
        let column = i % columns;
        let xHat = (x[i] - statistics[column]) * statistics[columns + column];
        result[i] = xHat * scale[column] + shift[column];`,
    },
    { inputs: [x, statistics, scale, shift], shape: x.shape, columns: channels, numbers: {} },
  );
  return [y, mean, variance, statistics];
};

/** The kernel of `batchNormGradient`: the gradients of x, scale and shift. */
export const batchNormGradient: KernelFunc = ({ inputs, backend }) => {
  const webgpu = backend as WebgpuBackend;
  const [dy, x, scale, statistics] = ['dy', 'x', 'scale', 'kept0'].map(
    (name) => inputs[name] as TensorInfo,
  );
  const [rows, channels] = rowsAndColumns(x.shape, tf.util.sizeFromShape(scale.shape));
  const [shiftGradient, scaleGradient] = reduceColumns(
    webgpu,
    gradientSums,
    [dy, x, statistics],
    [rows, channels],
    [[channels], [channels]],
  );
  const [dx] = runFlat(
    webgpu,
    {
      name: 'batchNormGradient',
      inputs: ['dy', 'x', 'statistics', 'scale', 'shiftGradient', 'scaleGradient'],
      outputs: ['result'],
      numbers: ['perRow'],
      code: `
        let column = i % columns;
        let inverse = statistics[columns + column];
        let xHat = (x[i] - statistics[column]) * inverse;
        let means = shiftGradient[column] + xHat * scaleGradient[column];
        result[i] = scale[column] * inverse * (dy[i] - means * uniforms.perRow);`,
    },
    {
      inputs: [dy, x, statistics, scale, shiftGradient, scaleGradient],
      shape: x.shape,
      columns: channels,
      numbers: { perRow: 1 / rows },
    },
  );
  return [dx, scaleGradient, shiftGradient];
};
