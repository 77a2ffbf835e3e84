import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Gan } from '../../../../src/gan/gan';
import { resolveConfig } from '../../../../src/gan/presets';
import { describeFile } from '../../../../src/inspection/listing/listFile';
import { LayerInspection } from '../../../../src/inspection/numbers/layerInspection';
import { networkVerdict } from '../../../../src/inspection/numbers/networkVerdict';
import { Player } from '../../../../src/inspection/player/player';
import { readSafetensors, writeSafetensors } from '../../../../src/runs/safetensors';
import { loadWasm } from '../../../../src/runtime/wasm/load';
import type { ConfigFile } from '../../../../src/shared/config';
import type { LayerNumbers, NetworkVerdict } from '../../../../src/shared/inspection';
import type {
  GradientAnswer,
  NetworkQuestion,
  PictureAnswer,
} from '../../../../src/shared/inspectionQuestions';

import { openWeights } from '../../../../src/weights/openWeights';
import { saveCheckpoint } from '../../../fixtures/saveCheckpoint';
import { hashValues } from '../../../fixtures/torch/hashValues';

let folder: string;
let file: string;
let player: Player;

beforeAll(async () => {
  await loadWasm();
  folder = mkdtempSync(path.join(os.tmpdir(), 'sn-gan-player-'));
  file = await checkpointOf('normal.safetensors', {});
  player = await Player.open(file);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A checkpoint of networks whose weights are large enough to draw more than grey. */
async function checkpointOf(name: string, changes: ConfigFile): Promise<string> {
  const network = { architecture: 'quick', width: 0.25, latentDim: 8, ...changes.network } as const;
  const config = resolveConfig({ preset: 'quick', ...changes, network });
  const gan = new Gan(config);
  for (const { parameters } of [gan.generator, gan.discriminator]) {
    for (const [i, { kind, variable }] of parameters.entries()) {
      if (kind === 'gamma') continue;
      variable.assign(tf.tensor(Float32Array.from(hashValues(i, variable.size)), variable.shape));
    }
  }
  for (let i = 0; i < 50; i++) gan.discriminator.spectralNorms.forEach((norm) => norm.advance());
  const written = path.join(folder, name);
  await saveCheckpoint(written, gan, 3, config);
  gan.dispose();
  return written;
}

const ask = async (question: NetworkQuestion, of = player): Promise<PictureAnswer> =>
  (await of.answer(question)) as PictureAnswer;
const bound = async (seed: number, of = player): Promise<GradientAnswer> =>
  (await of.answer({ kind: 'gradients', images: 16, seed })) as GradientAnswer;

/** What an inspection says of the discriminator in a file. */
async function verdictOf(written: string): Promise<NetworkVerdict> {
  const weights = await openWeights(written);
  const { listing, found } = await describeFile(weights, {});
  const network = listing.networks.find(({ name }) => name === 'd');
  const numbers = new Map<string, LayerNumbers>();
  for (const layer of listing.layers.filter(({ name }) => network?.layers.includes(name))) {
    const source = found.get(layer.name);
    if (!source) throw new Error(`${layer.name} was not found.`);
    const inspection = new LayerInspection(weights, layer, source);
    let known: LayerNumbers = {};
    for (const doing of ['weights', 'spectra', 'operators'] as const) {
      known = await inspection.extend(known, { doing, bounds: false });
    }
    known = await inspection.extend(known, { doing: 'operators', bounds: true });
    numbers.set(layer.name, known);
  }
  await weights.close();
  if (!network) throw new Error('There is no discriminator.');
  return networkVerdict(network, listing, numbers);
}

/** Image number `index` of a picture. */
function imageOf({ rgb, size, columns }: PictureAnswer, index: number): Uint8Array {
  const line = size * 3;
  const image = new Uint8Array(size * line);
  for (let y = 0; y < size; y++) {
    const row = Math.floor(index / columns) * size + y;
    const from = (row * columns + (index % columns)) * line;
    image.set(rgb.subarray(from, from + line), y * line);
  }
  return image;
}

describe('samples', () => {
  it('lie row by row in a picture that is nearly square, and rest places are grey', async () => {
    const picture = await ask({ kind: 'samples', seed: 1, count: 7 });
    expect(picture).toMatchObject({ kind: 'picture', size: 32, columns: 3, count: 7 });
    expect(picture.rgb).toHaveLength(9 * 32 * 32 * 3);
    expect(imageOf(picture, 8).every((value) => value === 128)).toBe(true);
    expect(new Set(imageOf(picture, 6)).size).toBeGreaterThan(10);
  });

  it('of one seed are the same however many are drawn; those of another are others', async () => {
    const [few, many, others] = await Promise.all([
      ask({ kind: 'samples', seed: 1, count: 2 }),
      ask({ kind: 'samples', seed: 1, count: 70 }),
      ask({ kind: 'samples', seed: 2, count: 2 }),
    ]);
    expect(imageOf(many, 1)).toEqual(imageOf(few, 1));
    expect(imageOf(others, 1)).not.toEqual(imageOf(few, 1));
  });
});

describe('an interpolation', () => {
  it.each(['normal', 'uniform'] as const)(
    'begins and ends with the samples of its seeds: %s',
    async (latent) => {
      const other = await Player.open(
        await checkpointOf(`${latent}-ends.safetensors`, { network: { latent } }),
      );
      const rows = 3;
      const steps = 5;
      const [picture, from, to] = await Promise.all([
        ask({ kind: 'interpolation', fromSeed: 7, toSeed: 9, steps, rows }, other),
        ask({ kind: 'samples', seed: 7, count: rows }, other),
        ask({ kind: 'samples', seed: 9, count: rows }, other),
      ]);
      expect(picture).toMatchObject({ columns: steps, count: rows * steps });
      for (let row = 0; row < rows; row++) {
        expect(imageOf(picture, row * steps)).toEqual(imageOf(from, row));
        expect(imageOf(picture, row * steps + steps - 1)).toEqual(imageOf(to, row));
        expect(imageOf(picture, row * steps + 2)).not.toEqual(imageOf(from, row));
      }
      other.dispose();
    },
  );
});

describe('the empirical lower bound', () => {
  it('is the largest gradient at real, generated and mixed images, the same for a seed', async () => {
    const answer = await bound(1);
    const { real, generated, between, largest, where } = answer;
    expect([real?.images, generated?.images, between?.images]).toEqual([16, 16, 16]);
    expect(largest).toBe(
      Math.max(...[real, generated, between].map((found) => found?.largest ?? 0)),
    );
    expect(answer[where]?.largest).toBe(largest);
    for (const found of [real, generated, between]) {
      expect(found?.mean).toBeGreaterThan(0);
      expect(found?.mean).toBeLessThanOrEqual(found?.largest ?? 0);
    }
    expect(await bound(1)).toEqual(answer);
    expect((await bound(2)).largest).not.toBe(largest);
  });

  it.each(['quick', 'resnet'] as const)(
    'of %s never exceeds the guaranteed bounds, which know pools and residual sums',
    async (architecture) => {
      const network = { architecture, width: 0.05 };
      const written = await checkpointOf(`${architecture}.safetensors`, { network });
      const verdict = await verdictOf(written);
      const other = await Player.open(written);
      const { largest } = await bound(1, other);
      expect(largest).toBeGreaterThan(0.01);
      expect(largest).toBeLessThan(Number(verdict.tightUpper));
      expect(Number(verdict.tightUpper)).toBeLessThanOrEqual(Number(verdict.upper));
      other.dispose();
    },
  );

  it('does without real images where they cannot be loaded, and says why', async () => {
    const source = path.join(folder, 'gone');
    const other = await Player.open(await checkpointOf('gone.safetensors', { data: { source } }));
    const answer = await bound(1, other);
    expect(answer.withoutReal).toContain(`"${source}" does not exist`);
    expect(answer).toMatchObject({ where: 'generated', largest: answer.generated?.largest });
    expect([answer.real, answer.between]).toEqual([undefined, undefined]);
    other.dispose();
  });
});

describe('a player', () => {
  it('holds no more after a hundred questions than after one', async () => {
    const questions: NetworkQuestion[] = [
      { kind: 'samples', seed: 1, count: 3 },
      { kind: 'interpolation', fromSeed: 1, toSeed: 2, steps: 2, rows: 1 },
      { kind: 'samples', seed: 1, count: 101 },
    ];
    const before = tf.memory();
    for (let i = 0; i < 4; i++) await bound(i);
    for (let i = 0; i < 96; i++) {
      await player.answer(questions[i % questions.length]).catch(() => undefined);
    }
    const { numTensors, numBytes, numDataBuffers } = tf.memory();
    expect([numTensors, numBytes, numDataBuffers]).toEqual([
      before.numTensors,
      before.numBytes,
      before.numDataBuffers,
    ]);
  });

  it.each([
    ['count', { kind: 'samples', seed: 1, count: 1e9 }],
    ['steps', { kind: 'interpolation', fromSeed: 1, toSeed: 2, steps: 1, rows: 1 }],
    ['rows', { kind: 'interpolation', fromSeed: 1, toSeed: 2, steps: 2, rows: 0.5 }],
    ['images', { kind: 'gradients', images: 5000, seed: 1 }],
  ] as const)('refuses a question without measure: %s', async (what, question) => {
    await expect(player.answer(question)).rejects.toThrow(`"${what}" is`);
  });

  it('frees everything in the end', async () => {
    const before = tf.memory().numTensors;
    const other = await Player.open(file);
    await other.answer({ kind: 'samples', seed: 1, count: 2 });
    other.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('draws with the standing statistics of the file', async () => {
    const { arrays, metadata } = await readSafetensors(file);
    const changed = [...arrays.values()].map((array) =>
      array.name === 'g_ema.bn3.running_mean'
        ? { ...array, data: array.data.map((x) => x + 1) }
        : array,
    );
    const written = path.join(folder, 'other-statistics.safetensors');
    await writeSafetensors(written, changed, metadata);
    const other = await Player.open(written);
    const question = { kind: 'samples', seed: 1, count: 1 } as const;
    expect((await ask(question, other)).rgb).not.toEqual((await ask(question)).rgb);
    other.dispose();
  });

  it('takes no memory for a network that is larger than its file', async () => {
    const { arrays, metadata } = await readSafetensors(file);
    const config = JSON.parse(metadata['config']) as { network: object };
    const huge = { ...config, network: { ...config.network, architecture: 'cnn', width: 8 } };
    const written = path.join(folder, 'huge.safetensors');
    const changed = { ...metadata, config: JSON.stringify(huge) };
    await writeSafetensors(written, [...arrays.values()], changed);
    const before = tf.memory().numBytes;
    await expect(Player.open(written)).rejects.toThrow('does not fit its file');
    expect(tf.memory().numBytes - before).toBeLessThan(10e6);
  });
});

describe('a network without spectral normalisation', () => {
  it('has gradients, too', async () => {
    const other = await Player.open(
      await checkpointOf('raw.safetensors', { spectralNorm: { enabled: false } }),
    );
    expect((await bound(1, other)).largest).toBeGreaterThan(0);
    other.dispose();
  });
});
