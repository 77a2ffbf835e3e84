import type { WebgpuBackend } from './backend';

/** GPUBufferUsage of a tensor: COPY_SRC, COPY_DST and STORAGE. */
const TENSOR = 0x4 | 0x8 | 0x80;

/**
 * Brings values to the device through the queue. The backend maps a new staging buffer for every
 * tensor, copies from it and destroys it; this ends the pass of compute commands each time, for
 * every number that takes part in a step. A buffer that is free to be acquired is in no command
 * that still waits for its submission, so that the queue's write cannot come too early.
 */
export function uploadThroughQueue(backend: WebgpuBackend): void {
  const stock = backend.uploadToGPU.bind(backend);
  backend.uploadToGPU = (dataId) => {
    const tensor = backend.tensorMap.get(dataId);
    if (tensor.resource || !tensor.values) return stock(dataId);
    const data =
      tensor.dtype === 'float32' ? new Float32Array(tensor.values) : new Int32Array(tensor.values);
    const buffer = backend.bufferManager.acquireBuffer(data.byteLength, TENSOR);
    backend.queue.writeBuffer(buffer, 0, data);
    tensor.values = null;
    tensor.resource = buffer;
  };
}
