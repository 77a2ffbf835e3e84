import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { hostileFolder, opened, refusalOf } from './hostileFile';

interface Group {
  readonly paths: unknown;
  readonly weights: unknown;
}

const weight = (more: object = {}): object => ({
  name: 'w',
  shape: [2],
  dtype: 'float32',
  ...more,
});
const eightBytes = new Uint8Array(Float32Array.of(1.5, -2).buffer);

/** A model in a folder of its own, beside which lies `secret.bin`; returns the model.json. */
function model(
  groups: readonly Group[],
  shards: Readonly<Record<string, Uint8Array>> = {},
): string {
  const outer = mkdtempSync(path.join(hostileFolder, 'model-'));
  const folder = path.join(outer, 'model');
  mkdirSync(path.join(folder, 'inner'), { recursive: true });
  writeFileSync(path.join(outer, 'secret.bin'), eightBytes);
  writeFileSync(path.join(folder, 'model.json'), JSON.stringify({ weightsManifest: groups }));
  for (const [name, bytes] of Object.entries({ 'w.bin': eightBytes, ...shards })) {
    writeFileSync(path.join(folder, name), bytes);
  }
  return path.join(folder, 'model.json');
}

const ofShard = (...paths: readonly string[]): string => model([{ paths, weights: [weight()] }]);

describe('a model of TensorFlow.js', () => {
  it.each(['w.bin', './w.bin', 'inner/w.bin'])('may keep its weights in %s', async (shard) => {
    const file = model([{ paths: [shard], weights: [weight()] }], { 'inner/w.bin': eightBytes });
    await opened(file, async (weights) => {
      expect(await weights.read('w')).toEqual(Float32Array.of(1.5, -2));
      expect(weights.bytes).toBeGreaterThan(eightBytes.length);
    });
  });

  it.each([
    '../secret.bin',
    'inner/../../secret.bin',
    '..\\secret.bin',
    '..',
    '.',
    '',
    '/etc/hostname',
    'C:\\Windows\\win.ini',
    '\\\\server\\share\\w.bin',
    'file:///etc/hostname',
    'http://127.0.0.1/w.bin',
    'w.bin\0.png',
    'inner',
  ])('is refused where a shard is "%s"', async (shard) => {
    expect(await refusalOf(ofShard(shard))).toMatch(/no file in its own folder and is not read/);
  });

  it('is refused where a link in its folder leads out of it', async () => {
    const file = ofShard('link.bin');
    symlinkSync('../secret.bin', path.join(path.dirname(file), 'link.bin'));
    expect(await refusalOf(file)).toMatch(/no file in its own folder/);
    const through = ofShard('out/secret.bin');
    symlinkSync('..', path.join(path.dirname(through), 'out'));
    expect(await refusalOf(through)).toMatch(/no file in its own folder/);
  });

  it('may lie behind a link itself', async () => {
    const file = ofShard('w.bin');
    const link = path.join(hostileFolder, 'linked');
    symlinkSync(path.dirname(file), link);
    await opened(path.join(link, 'model.json'), async (weights) => {
      expect(await weights.read('w')).toHaveLength(2);
    });
  });

  it.each<[string, Group, RegExp]>([
    ['a shard that is missing', { paths: ['x.bin'], weights: [] }, /x\.bin: it does not exist/],
    ['a shard twice', { paths: ['w.bin', './w.bin'], weights: [] }, /twice/],
    [
      'more weights than bytes',
      { paths: ['w.bin'], weights: [weight(), weight()] },
      /byte 16 of its shards, which have 8/,
    ],
    [
      'a weight of terabytes',
      { paths: ['w.bin'], weights: [weight({ shape: [1e12] })] },
      /ends at byte 4000000000000/,
    ],
    [
      'a shape that overflows',
      { paths: ['w.bin'], weights: [weight({ shape: [2 ** 32, 2 ** 32] })] },
      /impossible/,
    ],
    [
      'a negative length',
      { paths: ['w.bin'], weights: [weight({ shape: [-2] })] },
      /weights\.0\.shape\.0/,
    ],
    [
      'half a length',
      { paths: ['w.bin'], weights: [weight({ shape: [0.5] })] },
      /weights\.0\.shape\.0/,
    ],
    [
      'a type that nobody knows',
      { paths: ['w.bin'], weights: [weight({ dtype: 'toString' })] },
      /type "toString"/,
    ],
    [
      'texts that are cut off',
      { paths: ['w.bin'], weights: [weight({ dtype: 'string' })] },
      /texts|ends at byte/,
    ],
    [
      'a billion texts',
      { paths: ['w.bin'], weights: [weight({ dtype: 'string', shape: [1e9] })] },
      /holds 1000000000 texts/,
    ],
    ['paths that are no list', { paths: 'w.bin', weights: [] }, /paths/],
    ['weights that are no list', { paths: [], weights: {} }, /weights/],
    [
      'two weights of one name',
      { paths: ['w.bin'], weights: [weight({ shape: [1] }), weight({ shape: [1] })] },
      /two arrays of the name "w"/,
    ],
    [
      'complex numbers',
      { paths: ['w.bin'], weights: [weight({ dtype: 'complex64', shape: [1] })] },
      /type "complex64"/,
    ],
  ])('is refused with %s', async (_, group, refusal) => {
    expect(await refusalOf(model([group]))).toMatch(refusal);
  });

  it('is refused when it ends early', async () => {
    const file = ofShard('w.bin');
    writeFileSync(file, '{"weightsManifest": [{"paths"');
    expect(await refusalOf(file)).toMatch(/no complete JSON/);
  });

  it('is refused when a shard became shorter after it was opened', async () => {
    const file = ofShard('w.bin');
    await opened(file, async (weights) => {
      writeFileSync(path.join(path.dirname(file), 'w.bin'), eightBytes.subarray(0, 4));
      await expect(weights.read('w')).rejects.toThrow(/w\.bin is damaged: bytes 0 to 8/);
    });
  });
});
