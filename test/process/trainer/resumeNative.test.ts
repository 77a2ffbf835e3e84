import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { listCheckpoints } from '../../../src/runs/checkpoints';
import { readRunConfig, writeRunConfig } from '../../../src/runs/runConfig';
import { readSafetensors } from '../../../src/runs/safetensors';
import { findAddon } from '../../../src/runtime/tensorflow/findAddon';
import type { NamedArray } from '../../../src/shared/tensors';
import { newRun } from './tinyRun';

const trainerBundle = path.resolve(import.meta.dirname, '../../../dist/trainer.cjs');
const STEPS = 24;

/** Trains with the TensorFlow of the person who runs the tests. */
async function train(folder: string): Promise<void> {
  await promisify(execFile)(process.execPath, [trainerBundle, folder]);
}

async function stateOf(folder: string): Promise<Map<string, NamedArray>> {
  const newest = (await listCheckpoints(folder)).at(-1);
  expect(newest?.step).toBe(STEPS);
  return (await readSafetensors(newest?.file ?? '')).arrays;
}

test('a resumed run on tensorflow ends within 1e-5 of one that was never stopped', async ({
  skip,
}) => {
  if (!(await findAddon())) return skip('no TensorFlow is installed: `sn-gan runtime install`');
  // No decay: the learning rate of the first half must not depend on where the run ends.
  const settings = { runtime: 'tensorflow', optimizer: { decayFrom: null } } as const;
  const whole = await newRun({ ...settings, steps: STEPS });
  const halves = await newRun({ ...settings, steps: STEPS / 2 });
  await train(whole);
  await train(halves);
  await writeRunConfig(halves, { ...(await readRunConfig(halves)), steps: STEPS });
  await train(halves);

  const expected = await stateOf(whole);
  const resumed = await stateOf(halves);
  expect([...resumed.keys()]).toEqual([...expected.keys()]);
  for (const [name, { data }] of expected) {
    // Threads may add in another order; what that does is measured against the largest value.
    const largest = data.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    const others = resumed.get(name)?.data ?? new Float32Array(0);
    const worst = data.reduce((max, value, i) => Math.max(max, Math.abs(value - others[i])), 0);
    expect(worst / Math.max(largest, 1e-30), name).toBeLessThanOrEqual(1e-5);
  }
});
