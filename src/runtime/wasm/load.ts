import { existsSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { UserError } from '../../shared/userError';
import { registerWasmKernels } from './kernels';

/**
 * Sets the WebAssembly backend of TensorFlow.js, with our kernels where its own are slow.
 *
 * @throws UserError when its binaries are not beside the bundle
 */
export async function loadWasm(): Promise<void> {
  setWasmPaths(`${wasmFolder()}${path.sep}`);
  if (!(await tf.setBackend('wasm'))) {
    throw new UserError('The wasm runtime could not be started; run "sn-gan doctor" for details.');
  }
  registerWasmKernels();
}

/** The bundle's folder; in the unit tests, which run from source, the project's dist. */
function wasmFolder(): string {
  const candidates = [__dirname, path.resolve(__dirname, '../../../dist')];
  const found = candidates.find((folder) =>
    existsSync(path.join(folder, 'tfjs-backend-wasm-simd.wasm')),
  );
  if (found) return found;
  throw new UserError(
    `The wasm runtime is incomplete: tfjs-backend-wasm-simd.wasm is missing in ${__dirname}; build or install sn-gan again.`,
  );
}
