import type { KernelFunc, TensorInfo } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/**
 * A part of a tensor: copies the runs that lie together in memory, and nothing else. The stock
 * kernel copies the whole tensor first, however little of it is taken.
 */
export const slice: KernelFunc = ({ inputs, attrs, backend }) => {
  const wasm = backend as unknown as BackendWasm;
  const x = inputs['x'] as TensorInfo;
  const asked = attrs as unknown as { begin: number[]; size: number[] };
  const [begin, size] = tf.slice_util.parseSliceParams(x, asked.begin, asked.size);
  const out = wasm.makeOutput(size, x.dtype);
  // After the output is made: that may move the views on memory to a larger one.
  const [from, to] = [wasm.typedArrayFromHeap(x), wasm.typedArrayFromHeap(out)];
  if (to.length === 0) return out;
  const outer = outerAxes(x.shape, size);
  const strides = tf.util.computeStrides(x.shape);
  const run = to.length / tf.util.sizeFromShape(size.slice(0, outer));
  const index = new Array<number>(outer).fill(0);
  let start = tf.slice_util.computeFlatOffset(begin, strides);
  for (let end = run; ; end += run) {
    to.set(from.subarray(start, start + run), end - run);
    if (end === to.length) return out;
    let axis = outer - 1;
    for (; index[axis] === size[axis] - 1; axis--) {
      start -= index[axis] * strides[axis];
      index[axis] = 0;
    }
    index[axis]++;
    start += strides[axis];
  }
};

/** How many axes to walk: all before the last one of which only a part is taken. */
function outerAxes(shape: readonly number[], size: readonly number[]): number {
  let axis = shape.length - 1;
  while (axis > 0 && size[axis] === shape[axis]) axis--;
  return Math.max(0, axis);
}
