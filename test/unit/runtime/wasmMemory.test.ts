import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { loadWasm } from '../../../src/runtime/wasm/load';

it('refuses an array that does not fit into the memory of wasm, and goes on', async () => {
  await loadWasm();
  const backend = tf.backend() as BackendWasm;
  // Memory that nobody writes to takes addresses and no more.
  const fill = (): tf.Tensor[] =>
    Array.from({ length: 9 }, () =>
      tf.engine().makeTensorFromTensorInfo(backend.makeOutput([2 ** 27], 'float32')),
    );
  tf.engine().startScope();
  expect(fill).toThrow(
    /^The wasm runtime has no memory for another 512 MiB, of the 4 GiB .*batch\.discriminator/,
  );
  tf.engine().endScope();
  const sum = tf.sum(tf.ones([3]));
  expect(sum.dataSync()).toEqual(Float32Array.of(3));
});
