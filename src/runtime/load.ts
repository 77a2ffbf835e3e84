import type { RuntimeName } from '../shared/config';
import type { RuntimeDevice, RuntimeInfo } from './runtimeInfo';

/**
 * Loads a runtime into this process and makes it the TensorFlow.js backend, with every gradient
 * registered. A process loads one runtime and keeps it: TensorFlow can be loaded once only.
 *
 * @throws UserError when the runtime does not work here; the message says what to do
 */
export async function loadRuntime(
  name: RuntimeName,
  options: LoadOptions = {},
): Promise<RuntimeInfo> {
  await import('./gradients');
  return { name, ...(await loadDevice(name, options)) };
}

export interface LoadOptions {
  /** Addon to load instead of the one that `sn-gan runtime` remembers; tensorflow only. */
  readonly addon?: string;
  /** Threads that compute; as many as there are cores unless given. wasm only. */
  readonly threads?: number;
}

/** Each runtime is imported only when it is asked for: their start-up is not free. */
async function loadDevice(name: RuntimeName, options: LoadOptions): Promise<RuntimeDevice> {
  switch (name) {
    case 'tensorflow': {
      const { loadTensorflow } = await import('./tensorflow/load');
      return loadTensorflow(options.addon);
    }
    case 'webgpu': {
      const { loadWebgpu } = await import('./webgpu/load');
      return loadWebgpu();
    }
    case 'wasm': {
      const { loadWasmOnAllCores } = await import('./wasm/load');
      const { count, remark } = await loadWasmOnAllCores(options.threads);
      const { version_wasm: version } = await import('@tensorflow/tfjs-backend-wasm');
      const { processorName } = await import('./processor');
      const threads = count === 1 ? 'one thread' : `${count} threads`;
      return {
        version,
        device: `${threads} of ${processorName()}${remark === undefined ? '' : ` (${remark})`}`,
        deviceKind: 'cpu',
        memoryBytes: WASM_MEMORY_BYTES,
      };
    }
  }
}

/** A 32-bit WebAssembly memory ends at 4 GiB. */
const WASM_MEMORY_BYTES = 2 ** 32;
