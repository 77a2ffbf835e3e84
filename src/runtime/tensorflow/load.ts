import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type * as TfjsNodeModule from '@tensorflow/tfjs-node-gpu';
import { messageOf, UserError } from '../../shared/userError';
import { bundleFolder } from '../bundleFolder';
import { processorName } from '../processor';
import type { RuntimeDevice } from '../runtimeInfo';
import { setAddonLocation } from './addonLocation';
import { findAddon } from './findAddon';
import { registerTensorflowKernels } from './kernels';
import { notInstalled } from './notInstalled';
import { nvidiaGpu } from './nvidiaGpu';
import { restoreRemovedUtil } from './removedUtil';

/** The parts of tfjs-node that are its own; tensor operations come from tfjs-core. */
export type TfjsNode = typeof TfjsNodeModule;

/** What the backend of tfjs-node tells about itself. */
interface TensorflowBackend {
  readonly binding: { readonly TF_Version: string };
  readonly isUsingGpuDevice: boolean;
}

let loaded: TfjsNode | undefined;

/**
 * Loads tfjs-node with the given addon, or with the one that is remembered, and makes it the
 * backend. The bundle has its own copy of tfjs-core; both copies meet in one global engine.
 *
 * @throws UserError when no addon is installed or it cannot be loaded
 */
export async function loadTensorflow(addon?: string): Promise<RuntimeDevice> {
  const chosen = addon ?? (await findAddon())?.addon;
  if (chosen === undefined) throw new UserError(notInstalled);
  // Information and warnings are noise in a training log; errors stay visible.
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  // Otherwise a run takes the whole memory of a card, and nothing beside it can start.
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true';
  requireTfjsNode(chosen);
  // tfjs-node only warns when its backend cannot be made.
  if (!(await tf.setBackend('tensorflow')))
    throw new UserError(
      `TensorFlow's addon ${chosen} was loaded but cannot compute: run \`sn-gan doctor\`, or build it again with \`sn-gan runtime install\`.`,
    );
  registerTensorflowKernels();
  const backend = tf.backend() as unknown as TensorflowBackend;
  const version = backend.binding.TF_Version;
  if (!backend.isUsingGpuDevice) {
    return {
      version,
      device: processorName(),
      deviceKind: 'cpu',
      memoryBytes: os.totalmem(),
    };
  }
  const gpu = await nvidiaGpu();
  return {
    version,
    device: gpu?.name ?? 'GPU',
    deviceKind: 'gpu',
    memoryBytes: gpu?.memoryBytes ?? null,
  };
}

/** tfjs-node in this process, for what only it has, such as SavedModels. */
export function loadedTfjsNode(): TfjsNode {
  if (loaded === undefined) throw new Error('tfjs-node is used before loadRuntime("tensorflow").');
  return loaded;
}

/** Whether the loaded TensorFlow computes on a graphics card. */
export function usesGraphicsCard(): boolean {
  return (tf.backend() as unknown as TensorflowBackend).isUsingGpuDevice;
}

function requireTfjsNode(addon: string): void {
  if (loaded !== undefined) return;
  restoreRemovedUtil();
  setAddonLocation(addon);
  const bundle = path.join(bundleFolder, 'tfjsNode.cjs');
  // The second copy of tfjs-core warns that it registers the same platform again; nothing else
  // that matters is silenced, because a backend that fails is tried once more afterwards.
  const production = tf.env().getBool('PROD');
  tf.env().set('PROD', true);
  try {
    loaded = createRequire(bundle)(bundle) as TfjsNode;
  } catch (error) {
    throw new UserError(
      `TensorFlow's addon ${addon} cannot be loaded (${messageOf(error)}): run \`sn-gan runtime install\` to build it again.`,
      { cause: error },
    );
  } finally {
    tf.env().set('PROD', production);
  }
}
