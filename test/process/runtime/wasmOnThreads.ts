import { createHash } from 'node:crypto';
import * as tf from '@tensorflow/tfjs-core';
import { loadWasmOnAllCores, type WasmThreads } from '../../../src/runtime/wasm/load';
import { randomPurpose, RandomStream } from '../../../src/shared/random';

/** What a process computed on so many threads. */
export interface Computed {
  readonly threads: WasmThreads;
  /** SHA-256 over all values, so that one bit makes a difference. */
  readonly values: string;
}

/**
 * A convolution with its gradients, a product and sums, large enough to be divided among threads.
 * Run as `node wasmOnThreads.cjs THREADS`; prints JSON, and ends by having nothing left to do.
 */
async function main(): Promise<void> {
  const threads = await loadWasmOnAllCores(Number(process.argv[2]));
  const stream = new RandomStream(5, randomPurpose.weights);
  const random = (...shape: number[]): tf.Tensor =>
    tf.tensor(stream.normals(tf.util.sizeFromShape(shape)), shape);
  const convolve = (x: tf.Tensor, filter: tf.Tensor): tf.Tensor =>
    tf.leakyRelu(tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, 2, 'same'), 0.1);
  const { value, grads } = tf.valueAndGrads(convolve)([random(5, 17, 17, 9), random(4, 4, 9, 23)]);
  const product = tf.matMul(random(61, 75), random(75, 33));
  const hash = createHash('sha256');
  for (const tensor of [value, ...grads, product, tf.sum(product, 0)])
    hash.update(new Uint8Array((await tensor.data()).buffer));
  const computed: Computed = { threads, values: hash.digest('hex') };
  process.stdout.write(JSON.stringify(computed));
}

void main();
