import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import type { BackendWasmThreadedSimdModule } from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd';
import instantiate from '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js';
import { bundleFolder } from '../bundleFolder';

/** Files beside the bundles without which no threads can be started. */
export const threadFiles = {
  binary: 'tfjs-backend-wasm-threaded-simd.wasm',
  /** What binds the binary to JavaScript; every thread reads it anew. */
  binding: 'tfjs-backend-wasm-threaded-simd.js',
  program: 'wasmThread.cjs',
} as const;

/** The backend's binary for threads, with those that it may use, all of them ready. */
export interface ThreadedBinary {
  readonly wasm: BackendWasmThreadedSimdModule;
  /** The computing threads beside the main one. */
  readonly threads: readonly Worker[];
}

/** The binding puts `onerror` in place when it sends the binary to a thread. */
type Thread = Worker & { onerror?: (error: Error) => void };

/** What the binary asks of JavaScript. */
type Imports = Record<'env', Record<string, WebAssembly.ImportValue>>;

/** What the binding is given; it completes the object, with `PThread` before it returns. */
interface Settings {
  locateFile(file: string): string;
  readonly mainScriptUrlOrBlob: string;
  instantiateWasm(
    imports: Imports,
    done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): object;
  readonly PThread?: { readonly unusedWorkers: Thread[] };
}

/**
 * Starts the binary and the threads beside the main one. tfjs keeps it from Node, where its
 * programs have to be files: they lie beside our bundles.
 *
 * @param count threads that compute, the main one with them; at least 2
 * @throws Error when the engine shares no memory between threads, or one of them does not start
 */
export async function startThreadedBinary(count: number): Promise<ThreadedBinary> {
  const binary = await readFile(beside(threadFiles.binary));
  let threads: Thread[] = [];
  try {
    const wasm = await new Promise<BackendWasmThreadedSimdModule>((resolve, reject) => {
      const settings: Settings = {
        locateFile: (file) => beside(file.endsWith('.worker.js') ? threadFiles.program : file),
        mainScriptUrlOrBlob: beside(threadFiles.binding),
        instantiateWasm: (imports, done) => {
          // It divides its work among half of the logical cores at most, whatever it is told.
          imports.env['emscripten_num_logical_cores'] = () => 2 * count;
          void WebAssembly.instantiate(binary, imports)
            .then(({ instance, module }) => done(instance, module))
            .catch(reject);
          return {};
        },
      };
      void instantiate(settings)
        .then((wasm) => resolve(wasm as BackendWasmThreadedSimdModule))
        .catch(reject);
      // It starts eight threads, however many will be used.
      const started = settings.PThread?.unusedWorkers ?? [];
      for (const spare of started.splice(count - 1)) void spare.terminate();
      for (const thread of started) listenForFailure(thread, reject);
      threads = [...started];
    });
    return { wasm, threads };
  } catch (error) {
    for (const thread of threads) void thread.terminate();
    throw error;
  }
}

function beside(file: string): string {
  return path.join(bundleFolder, file);
}

/** The binding's own listener would throw where nobody can catch: it is kept out of its place. */
function listenForFailure(thread: Thread, fail: (error: Error) => void): void {
  Object.defineProperty(thread, 'onerror', { get: () => fail, set: () => undefined });
  thread.on('error', fail);
}
