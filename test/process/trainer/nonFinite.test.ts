import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { beforeAll, describe, expect, it } from 'vitest';
import { checkpointFile, listCheckpoints } from '../../../src/runs/checkpoints';
import { readRun } from '../../../src/runs/runIdentity';
import { readSafetensors, writeSafetensors } from '../../../src/runs/safetensors';
import { readScalars } from '../../../src/runs/scalars';
import type { ConfigFile } from '../../../src/shared/config';
import { runFile } from '../../../src/shared/runFolder';
import { newRun, Trainer } from './tinyRun';

/** Trains, expecting it to fail; returns the sentence, which run.json has, too. */
async function failure(folder: string): Promise<string> {
  const { code, stderr } = await new Trainer(folder).exit;
  expect(code).toBe(3);
  const { state, reason = '' } = await readRun(folder);
  expect(state).toBe('failed');
  expect(stderr).toBe(`${reason}\n`);
  return reason;
}

const STOPPED_AT = 5;
const SPOILT_AT = `Step ${STOPPED_AT + 1}: `;

/** A run that has done five of its steps, and its arrays with one value changed. */
async function poisonedRun(
  array: string,
  value: number,
  changes: ConfigFile = {},
): Promise<string> {
  const folder = await newRun({ steps: STOPPED_AT, ...changes });
  expect((await new Trainer(folder).exit).code).toBe(0);
  const file = checkpointFile(folder, STOPPED_AT);
  const { arrays, metadata } = await readSafetensors(file);
  const poisoned = arrays.get(array);
  if (!poisoned) throw new Error(`No array ${array} among ${[...arrays.keys()].join(', ')}.`);
  poisoned.data[poisoned.data.length >> 1] = value;
  await writeSafetensors(file, [...arrays.values()], metadata);
  // Only the config says that there is more to do.
  const config = path.join(folder, runFile.config);
  const text = readFileSync(config, 'utf8').replace(/"steps": \d+/, '"steps": 40');
  writeFileSync(config, text);
  return folder;
}

/** Nothing was saved or logged after the last good step. */
async function expectKept(folder: string): Promise<void> {
  expect((await listCheckpoints(folder)).map(({ step }) => step)).toEqual([STOPPED_AT]);
  const { records } = await readScalars(path.join(folder, runFile.scalars));
  expect(records.at(-1)?.step).toBe(STOPPED_AT);
}

describe('a checkpoint with a value that is not finite', () => {
  it.each([
    [
      'NaN in a weight of D',
      'd.conv2.parametrizations.weight.original',
      NaN,
      'the values of conv2.weight of the discriminator contain NaN',
    ],
    [
      'Infinity in a bias of D',
      'd.fc.bias',
      Infinity,
      'the values of fc.bias of the discriminator contain Infinity',
    ],
    [
      'NaN in u',
      'd.conv3.parametrizations.weight.0._u',
      NaN,
      'the values of u of conv3 of the discriminator contain NaN',
    ],
    [
      'NaN in a weight of G',
      'g.fc.weight',
      NaN,
      'the values of fc.weight of the generator contain NaN',
    ],
    [
      'minus Infinity in a batch norm of G',
      'g.bn1.bias',
      -Infinity,
      'the values of bn1.bias of the generator contain Infinity',
    ],
  ])(
    '%s ends the run at its first step, and the sentence says where',
    async (_, array, value, what) => {
      const folder = await poisonedRun(array, value);
      expect(await failure(folder)).toContain(`${SPOILT_AT}${what}. Training stopped`);
      await expectKept(folder);
    },
  );

  it('that arises in a gradient, while weights and loss are finite, is told of by the layer', async () => {
    const folder = await poisonedRun('d.conv2.bias', 3e38, {
      spectralNorm: { enabled: false },
      loss: 'wasserstein',
    });
    expect(await failure(folder)).toMatch(/^Step 6: gradient\/d\.conv\d is Infinity\./);
    await expectKept(folder);
  });

  it('of which no loss tells is found by the next checkpoint, which is not written', async () => {
    const folder = await poisonedRun('adam.d.conv1.weight.exp_avg_sq', Infinity);
    expect(await failure(folder)).toContain(
      'Step 40: the array adam.d.conv1.weight.exp_avg_sq contains Infinity',
    );
    expect((await listCheckpoints(folder)).map(({ step }) => step)).toEqual([STOPPED_AT]);
  });

  it('in the averaged weights is found by the next grid, which is not written', async () => {
    const samples = { every: 8 };
    const folder = await poisonedRun('g_ema.conv.bias', NaN, { samples });
    expect(await failure(folder)).toContain(
      'Step 8: the averaged values of conv.bias of the generator contain NaN',
    );
    await expect(readRun(folder)).resolves.toMatchObject({ state: 'failed' });
  });
});

describe('training that diverges by itself', () => {
  let folder: string;
  let reason: string;

  beforeAll(async () => {
    // Without normalisation D wins until its gradients vanish; their squares are 0 in float32, and
    // so is this epsilon: Adam then divides by 0.
    folder = await newRun({
      steps: 200,
      network: { architecture: 'cnn' },
      loss: 'non-saturating',
      spectralNorm: { enabled: false },
      optimizer: { learningRate: 0.02, beta1: 0, beta2: 0, epsilon: 1e-60 },
      checkpoints: { every: 1, keepLast: 500 },
    });
    reason = await failure(folder);
  });

  it('ends the run in state failed, naming step, layer and quantity', () => {
    expect(reason).toMatch(
      /^Step \d+: the values of [a-z0-9.]+ of the (generator|discriminator) contain (NaN|Infinity)\./,
    );
  });

  it('leaves a checkpoint and a line of every step before it, of finite values only', async () => {
    const step = Number(/^Step (\d+)/.exec(reason)?.[1]);
    const before = Array.from({ length: step - 1 }, (_, i) => i + 1);
    expect(before.length).toBeGreaterThan(0);
    const checkpoints = await listCheckpoints(folder);
    expect(checkpoints.map((checkpoint) => checkpoint.step)).toEqual(before);
    for (const { file } of checkpoints) {
      for (const { name, data } of (await readSafetensors(file)).arrays.values()) {
        expect(data.every(Number.isFinite), `${file}: ${name}`).toBe(true);
      }
    }
    const { records, damaged } = await readScalars(path.join(folder, runFile.scalars));
    expect(damaged).toEqual([]);
    expect(records.map((record) => record.step)).toEqual(before);
  });
});
