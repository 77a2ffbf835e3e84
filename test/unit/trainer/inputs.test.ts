import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Batches } from '../../../src/data/batches';
import { drawLatents } from '../../../src/gan/latents';
import { resolveConfig } from '../../../src/gan/presets';
import type { ConfigFile, TrainConfig } from '../../../src/shared/config';
import { randomPurpose } from '../../../src/shared/random';
import { InputsAhead } from '../../../src/trainer/inputs/inputsAhead';
import { openInputs, type InputSource } from '../../../src/trainer/inputs/inputSource';

const folder = mkdtempSync(path.join(os.tmpdir(), 'sn-gan-inputs-'));
const opened: InputSource[] = [];
afterEach(() => Promise.all(opened.splice(0).map((source) => source.close())));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const COUNT = 7;
const set = {
  count: COUNT,
  size: 32,
  images: Uint8Array.from({ length: COUNT * 32 * 32 * 3 }, (_, i) => (i * i + 3 * i) % 256),
} as const;

function configOf(changes: ConfigFile = {}): TrainConfig {
  return resolveConfig({ preset: 'quick', steps: 6, ...changes });
}

function open(config: TrainConfig, cores: number): InputSource {
  const source = openInputs(config, set, cores);
  opened.push(source);
  return source;
}

/** A program for the thread that fails in its own way. */
function program(name: string, code: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, code);
  return file;
}

describe.each([
  ['made ahead by a thread', 2],
  ['made when they are asked for, on one core', 1],
])('inputs that are %s', (_, cores) => {
  const settings: [string, ConfigFile][] = [
    ['one update of D', { batch: { discriminator: 8, generator: 8 } }],
    ['two updates of D and latents of its own for G', { nDis: 2, batch: { generator: 6 } }],
  ];

  it.each(settings)('are those of the step alone, with %s', async (__, changes) => {
    const config = configOf(changes);
    const { nDis, batch, seed, data, network } = config;
    const batches = new Batches(set, { batchSize: batch.discriminator, seed, ...data });
    const latents = (purpose: 6 | 7, count: number, index: number): Float32Array =>
      drawLatents({ ...network, seed, count, purpose, index });
    const source = open(config, cores);
    // A resumed run begins anywhere, and its last step has none after it.
    for (const index of [2, 3, 4, 5]) {
      const { real, latentsD, latentsG } = await source.inputs(index);
      const updates = Array.from({ length: nDis }, (___, k) => nDis * index + k);
      expect(real).toEqual(updates.map((update) => batches.batch(update)));
      const ofD = updates.map((k) => latents(randomPurpose.latentD, batch.discriminator, k));
      expect(latentsD).toEqual(ofD);
      const shared = batch.generator === batch.discriminator;
      const ofG = latents(randomPurpose.latentG, batch.generator, index);
      expect(latentsG).toEqual(shared ? ofD[nDis - 1] : ofG);
    }
  });

  it('stay as they are until the next are asked for, and take no new memory', async () => {
    const source = open(configOf(), cores);
    const first = await source.inputs(0);
    const before = first.real[0].slice();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(first.real[0]).toEqual(before);
    const memories = new Set([first.real[0].buffer]);
    for (const index of [1, 2, 3, 4, 5]) {
      memories.add((await source.inputs(index)).real[0].buffer);
    }
    expect(memories.size).toBe(cores);
  });
});

describe('a thread that makes inputs', () => {
  it('shares the memory of a set that lies in shared memory', async () => {
    const images = new Uint8Array(new SharedArrayBuffer(set.images.length));
    const source = new InputsAhead(configOf({ data: { dequantise: false, flip: false } }), {
      ...set,
      images,
    });
    opened.push(source);
    expect((await source.inputs(0)).real[0][0]).toBe(-1);
    images.fill(255);
    // Step 1 may have been made before.
    expect((await source.inputs(2)).real[0][0]).toBe(1);
  });

  it.each([
    ['that fails', 'throw new Error("no memory")', /was lost \(no memory\); resume the run/],
    ['that ends', 'process.exit(0)', /was lost \(it ended\); resume the run/],
    [
      'that fails later',
      'require("node:worker_threads").parentPort.once("message", () => { throw new Error("oh") })',
      /was lost \(oh\)/,
    ],
  ])('%s is told of, now and later', async (name, code, sentence) => {
    const source = new InputsAhead(configOf(), set, program(`${name}.cjs`, code));
    opened.push(source);
    await expect(source.inputs(0)).rejects.toThrow(sentence);
    await expect(source.inputs(1)).rejects.toThrow(sentence);
  });
});
