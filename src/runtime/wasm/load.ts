import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { getThreadsCount, setWasmPaths, type BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import { messageOf, UserError } from '../../shared/userError';
import { bundleFolder } from '../bundleFolder';
import { registerWasmKernels } from './kernels';
import { refuseBeyondMemory } from './memory';
import { MAX_THREADS, startThreads } from './startThreads';
import { threadFiles } from './threadedBinary';
import '../gradients';

/** How many threads compute, and why no more where there could be. */
export interface WasmThreads {
  readonly count: number;
  /** Why there is one only on a processor with several cores. */
  readonly remark?: string;
}

/**
 * Sets the WebAssembly backend of TensorFlow.js on this thread alone, with our kernels where its
 * own are slow: for a process that has other things to do than to compute.
 *
 * @throws UserError when its binaries are not beside the bundle, or no engine runs them
 */
export async function loadWasm(): Promise<void> {
  refuseMissing('tfjs-backend-wasm-simd.wasm');
  setWasmPaths(`${bundleFolder}${path.sep}`);
  await setBackend();
}

/**
 * The same on all cores, for a process of its own: where a computing thread fails, it ends. The
 * numbers do not depend on how many there are.
 *
 * @returns one thread with the reason where no others can be started
 * @throws UserError as {@link loadWasm} does
 */
export async function loadWasmOnAllCores(
  wanted = Math.min(os.availableParallelism(), MAX_THREADS),
): Promise<WasmThreads> {
  if (wanted === 1) {
    await loadWasm();
    return { count: 1 };
  }
  for (const file of Object.values(threadFiles)) refuseMissing(file);
  try {
    await startThreads(wanted);
  } catch (error) {
    await loadWasm();
    return { count: 1, remark: `no others could be started: ${messageOf(error)}` };
  }
  await setBackend();
  return { count: getThreadsCount() };
}

function refuseMissing(file: string): void {
  if (existsSync(path.join(bundleFolder, file))) return;
  throw new UserError(
    `The wasm runtime is incomplete: ${file} is missing in ${bundleFolder}; build or install sn-gan again.`,
  );
}

async function setBackend(): Promise<void> {
  if (!(await tf.setBackend('wasm'))) {
    throw new UserError('The wasm runtime could not be started; run "sn-gan doctor" for details.');
  }
  refuseBeyondMemory(tf.backend() as BackendWasm);
  registerWasmKernels();
}
