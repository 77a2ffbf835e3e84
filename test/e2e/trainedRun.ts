import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { resolveConfig } from '../../src/gan/presets';
import { createRunFolder } from '../../src/runs/newRunFolder';
import type { ConfigFile } from '../../src/shared/config';

const trainer = path.resolve(import.meta.dirname, '../../dist/trainer.cjs');

/** A network so small that a step takes milliseconds, and a point of the curves at each. */
export const tinyConfig: ConfigFile = {
  preset: 'quick',
  runtime: 'wasm',
  network: { width: 0.1, latentDim: 8 },
  batch: { discriminator: 4, generator: 4 },
  log: { every: 1 },
  samples: { every: 5, count: 16 },
  checkpoints: { every: 10 },
};

/** Trains a tiny run to its end without an editor, and returns its folder. */
export async function trainedRun(
  runsFolder: string,
  name: string,
  changes: ConfigFile = {},
): Promise<string> {
  const config = resolveConfig({ ...tinyConfig, steps: 20, ...changes, name });
  const { folder } = await createRunFolder(runsFolder, config);
  const home = path.join(runsFolder, '../.home');
  const child = spawn(process.execPath, [trainer, folder], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, SN_GAN_HOME: home },
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`The trainer of ${name} ended with ${code}.`);
  return folder;
}
