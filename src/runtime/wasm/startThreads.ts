import * as tf from '@tensorflow/tfjs-core';
import { BackendWasm, setThreadsCount } from '@tensorflow/tfjs-backend-wasm';
import { startThreadedBinary, type ThreadedBinary } from './threadedBinary';

/** The binary divides its work among so many threads at most. */
export const MAX_THREADS = 8;

/**
 * Registers the backend's build for threads in place of its ordinary one.
 *
 * The threads divide the outputs of a convolution or a product among themselves, never a sum, so
 * the numbers are the same, bit for bit, for any count of them.
 *
 * @param count threads that compute, the main one with them; from 2 to {@link MAX_THREADS}
 * @throws Error when they cannot be started; the ordinary build is registered then as before
 */
export async function startThreads(count: number): Promise<void> {
  const { wasm, threads } = await startThreadedBinary(count);
  wasm.tfjs = entryPoints(wasm);
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', () => {
    setThreadsCount(count);
    const backend = new BackendWasm(wasm);
    // They wait for work until the process ends, and must not keep it from ending.
    for (const thread of threads) thread.unref();
    return backend;
  });
}

type Binary = ThreadedBinary['wasm'];
type Entry = [name: string, result: 'number' | null, parameters: 'number'[]];

/** The functions by which tfjs speaks to the binary, under the names of its own loader. */
function entryPoints(wasm: Binary): Binary['tfjs'] {
  const { cwrap } = wasm as unknown as { cwrap: (...entry: Entry) => never };
  return {
    init: cwrap('init', null, []),
    initWithThreadsCount: cwrap('init_with_threads_count', null, ['number']),
    getThreadsCount: cwrap('get_threads_count', 'number', []),
    registerTensor: cwrap('register_tensor', null, ['number', 'number', 'number']),
    disposeData: cwrap('dispose_data', null, ['number']),
    dispose: cwrap('dispose', null, []),
  };
}
