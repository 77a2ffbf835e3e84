import * as tf from '@tensorflow/tfjs-core';
import { messageOf, UserError } from '../../shared/userError';
import type { RuntimeDevice } from '../runtimeInfo';
import { adapterKind, adapterName, type AdapterInfo } from './adapter';
import type { WebgpuBackend } from './backend';
import { registerFusedKernels } from './fused';
import { replaceSlowKernels, replaceWrongKernels } from './kernels';
import { uploadThroughQueue } from './uploads';

/** The parts of npm `webgpu` (Dawn for Node) that are used here. */
interface Dawn {
  create(options: string[]): Gpu;
  readonly globals: object;
}
interface Gpu {
  requestAdapter(options: { powerPreference: 'high-performance' }): Promise<Adapter | null>;
}
interface Adapter {
  readonly info: AdapterInfo;
}
interface Device {
  addEventListener(
    type: 'uncapturederror',
    listener: (event: { readonly error: { readonly message: string } }) => void,
  ): void;
  readonly lost: Promise<{ readonly reason: string; readonly message: string }>;
}

/**
 * Starts Dawn and makes TensorFlow.js' WebGPU backend the backend of this process. A software
 * adapter is loaded as well; whether to use it is for the caller to decide.
 *
 * @throws UserError when Dawn is not installed or finds no adapter
 */
export async function loadWebgpu(): Promise<RuntimeDevice> {
  const dawn = await importDawn();
  const gpu = dawn.create([]);
  const adapter = await requestAdapter(gpu);
  Object.assign(globalThis, dawn.globals);
  provideNavigator(gpu);
  // The backend registers itself while it is imported, and only if it finds `navigator.gpu`.
  await import('@tensorflow/tfjs-backend-webgpu');
  if (!(await tf.setBackend('webgpu')))
    throw new UserError(`The graphics card ${adapterName(adapter.info)} gave no WebGPU device.`);
  await tf.ready();
  failOnDeviceErrors((tf.backend() as unknown as { device: Device }).device);
  replaceWrongKernels();
  replaceSlowKernels();
  registerFusedKernels();
  uploadThroughQueue(tf.backend() as WebgpuBackend);
  return {
    version: tf.version_core,
    device: adapterName(adapter.info),
    deviceKind: adapterKind(adapter.info),
    memoryBytes: null,
  };
}

/** Dawn has one native file per platform, so it stays a package beside our bundles. */
async function importDawn(): Promise<Dawn> {
  try {
    return await import('webgpu');
  } catch (error) {
    throw new UserError(withoutDawn(error), { cause: error });
  }
}

/** A package for every platform carries no Dawn; one for this platform does. */
function withoutDawn(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
    const platform = `${process.platform}-${process.arch}`;
    return `This package of SN-GAN does not carry WebGPU: install the one that was made for ${platform}.`;
  }
  return `The WebGPU runtime cannot be loaded (${firstLine(messageOf(error))}): install SN-GAN again, in the package for this platform.`;
}

async function requestAdapter(gpu: Gpu): Promise<Adapter> {
  let reason = 'no graphics card or driver was found';
  try {
    const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
    if (adapter) return adapter;
  } catch (error) {
    reason = firstLine(messageOf(error));
  }
  throw new UserError(
    `WebGPU has no adapter (${reason}): install your graphics card's driver${process.platform === 'linux' ? ' and the Vulkan loader (libvulkan1 on Debian, vulkan-loader on Fedora)' : ''}.`,
  );
}

/**
 * The backend only prints what the device refuses, and goes on with results that hold anything.
 * Training on them would be worse than to stop, so such an error ends the process as uncaught.
 */
function failOnDeviceErrors(device: Device): void {
  device.addEventListener('uncapturederror', ({ error }) => {
    throwUncaught(`The graphics card refused a computation: ${firstLine(error.message)}`);
  });
  void device.lost.then(({ reason, message }) => {
    if (reason !== 'destroyed') throwUncaught(`The graphics card was lost: ${firstLine(message)}`);
  });
}

/** Thrown inside an event of the device, an error would be swallowed there. */
function throwUncaught(message: string): void {
  setImmediate(() => {
    throw new UserError(`${message} Resume the run with another runtime, or update the driver.`);
  });
}

/** Node 20 has no `navigator`; later ones have one that lacks `gpu`. */
function provideNavigator(gpu: Gpu): void {
  const place: { navigator?: object } & typeof globalThis = globalThis;
  if (place.navigator === undefined)
    Object.defineProperty(place, 'navigator', { value: {}, configurable: true });
  Object.defineProperty(place.navigator, 'gpu', { value: gpu, configurable: true });
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0];
}
