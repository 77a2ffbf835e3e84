import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Gan } from '../../../src/gan/gan';
import { resolveConfig } from '../../../src/gan/presets';
import { exportState } from '../../../src/gan/state';
import { checkpointFile } from '../../../src/runs/checkpoints';
import { readSafetensors } from '../../../src/runs/safetensors';
import { loadWasm } from '../../../src/runtime/wasm/load';
import { CheckpointSaver } from '../../../src/trainer/checkpointSaver';
import { CheckpointSnapshot } from '../../../src/trainer/checkpointSnapshot';
import { RunWriter } from '../../../src/trainer/writer/runWriter';

const root = mkdtempSync(path.join(os.tmpdir(), 'sn-gan-saver-'));
const config = resolveConfig({
  preset: 'quick',
  network: { width: 0.1, latentDim: 8 },
  checkpoints: { keepLast: 2 },
});
let gan: Gan;
let folder: string;
let writer: RunWriter;
let saved: number[];
let earlier: () => Promise<void>;
let saver: CheckpointSaver;

beforeAll(async () => {
  await loadWasm();
  gan = new Gan(config);
});
beforeEach(async () => {
  folder = mkdtempSync(path.join(root, 'run-'));
  await mkdir(path.join(folder, 'checkpoints'));
  open(new RunWriter(folder));
});
afterEach(() => writer.close());
afterAll(() => {
  gan.dispose();
  rmSync(root, { recursive: true, force: true });
});

function open(by: RunWriter): void {
  writer = by;
  saved = [];
  earlier = () => Promise.resolve();
  const parts = {
    folder,
    retention: config.checkpoints,
    writer,
    earlier: () => earlier(),
    onSaved: (step: number) => saved.push(step),
  };
  saver = new CheckpointSaver(parts, undefined);
}

const begin = (step: number, required = true): ReturnType<CheckpointSaver['begin']> =>
  saver.begin(step, () => new CheckpointSnapshot(gan, config, step), { required });
const files = (): string[] => readdirSync(path.join(folder, 'checkpoints')).sort();
const name = (step: number): string => path.basename(checkpointFile(folder, step));

/** Changes every weight, as a step does. */
function change(by: number): void {
  for (const { parameters } of [gan.generator, gan.discriminator]) {
    for (const { variable } of parameters) tf.tidy(() => variable.assign(tf.add(variable, by)));
  }
}

describe('a checkpoint that is saved while training goes on', () => {
  it('holds the state of its own step, and all memory is given back', async () => {
    const tensors = tf.memory().numTensors;
    const expected = await exportState(gan);
    const checkpoint = await begin(5);
    while (saver.busy) {
      change(1);
      await saver.advance();
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { arrays, metadata } = await readSafetensors(await checkpoint.saved);
    expect(metadata['step']).toBe('5');
    for (const { name: array, data } of expected) expect(arrays.get(array)?.data).toEqual(data);
    expect(arrays.size).toBe(expected.length + 2 * gan.generator.batchNorms.length);
    expect(saved).toEqual([5]);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  it('is made once for a step, and after the one before; older ones go', async () => {
    const [first, again] = [await begin(1), await begin(1, false)];
    const [second, third] = [await begin(2), await begin(3)];
    await saver.complete();
    expect(saved).toEqual([1, 2, 3]);
    expect(await (await begin(3)).saved).toBe(await third.saved);
    expect(await again.saved).toBe(await first.saved);
    expect(await second.saved).toBe(checkpointFile(folder, 2));
    expect(files()).toEqual([name(2), name(3)]);
  });

  it('appears only when everything before it is on the disk', async () => {
    let release: () => void = () => undefined;
    earlier = () => new Promise((resolve) => (release = resolve));
    await begin(1);
    for (let i = 0; i < 50; i++) {
      await saver.advance();
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    expect(files()).not.toContain(name(1));
    release();
    await saver.complete();
    expect(files()).toEqual([name(1)]);
  });
});

describe('a checkpoint that cannot be saved', () => {
  const complete = (): Promise<void> => saver.complete();

  it('of a state that is not finite leaves no file, and ends the training that needs it', async () => {
    const [{ second }] = gan.adamD.moments;
    const before = second.clone();
    second.assign(tf.fill(second.shape, Infinity));
    const checkpoint = await begin(7);
    second.assign(before);
    const sentence = /^Step 7: the array adam\.d\.[\w.]+ contains Infinity\. Training stopped/;
    await expect(complete()).rejects.toThrow(sentence);
    await expect(checkpoint.saved).rejects.toThrow(sentence);
    expect(files()).toEqual([]);
    expect(saver.busy).toBe(false);
    before.dispose();
  });

  it('is told to whoever asked for it, and training goes on where it does not need it', async () => {
    rmSync(path.join(folder, 'checkpoints'), { recursive: true });
    const checkpoint = await begin(7, false);
    await complete();
    await expect(checkpoint.saved).rejects.toThrow(/^Cannot write .*: it does not exist/);
    await mkdir(path.join(folder, 'checkpoints'));
    await begin(7);
    await complete();
    expect(files()).toEqual([name(7)]);
  });

  it('because of what should be on the disk before, leaves no file', async () => {
    earlier = () => Promise.reject(new Error('no space'));
    await begin(7);
    await expect(complete()).rejects.toThrow('no space');
    await begin(8, false);
    await complete();
    expect(files()).toEqual([]);
  });

  it('because its thread was lost, is told of, and keeps nobody waiting', async () => {
    await writer.close();
    const program = path.join(root, 'lost.cjs');
    const code = 'require("node:worker_threads").parentPort.once("message", () => process.exit(1))';
    writeFileSync(program, code);
    open(new RunWriter(folder, program));
    await begin(7);
    await expect(complete()).rejects.toThrow(/^The thread that writes into .* was lost/);
    await expect(writer.writeIdentity({} as never)).rejects.toThrow(/was lost/);
  });
});
