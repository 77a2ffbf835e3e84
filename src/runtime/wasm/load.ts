import { existsSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { UserError } from '../../shared/userError';
import { bundleFolder } from '../bundleFolder';
import { registerWasmKernels } from './kernels';
import '../gradients';

/**
 * Sets the WebAssembly backend of TensorFlow.js, with our kernels where its own are slow.
 *
 * @throws UserError when its binaries are not beside the bundle, or no engine runs them
 */
export async function loadWasm(): Promise<void> {
  if (!existsSync(path.join(bundleFolder, 'tfjs-backend-wasm-simd.wasm'))) {
    throw new UserError(
      `The wasm runtime is incomplete: tfjs-backend-wasm-simd.wasm is missing in ${bundleFolder}; build or install sn-gan again.`,
    );
  }
  setWasmPaths(`${bundleFolder}${path.sep}`);
  if (!(await tf.setBackend('wasm'))) {
    throw new UserError('The wasm runtime could not be started; run "sn-gan doctor" for details.');
  }
  registerWasmKernels();
}
