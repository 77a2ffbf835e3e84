import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWeights } from '../../../src/weights/openWeights';
import type { WeightFile } from '../../../src/weights/weightFile';
import { packZip } from '../../fuzz/packZip';
import { describedArrays, expectedFiles, weightFixtures } from './fixtures';
import { fileOf, opened } from './hostileFile';
import { dictionary, pickle, tensor } from './pickle';

const fixture = <T>(name: string, look: (file: WeightFile) => Promise<T>): Promise<T> =>
  opened(path.join(weightFixtures, name), look);

describe('openWeights', () => {
  it.each(Object.entries(expectedFiles))('reads every value of %s', async (name, expected) => {
    await fixture(name, async (file) => {
      expect(await describedArrays(file, expected)).toEqual(expected);
    });
  });

  it.each([
    ['pytorch-hook-bf16.safetensors', 'safetensors', 'block1.c1.weight_orig', 'BF16', 324],
    ['pytorch-hook-bf16.pt', 'torch', 'block1.c1.weight_orig', 'bfloat16', 324],
    ['chainer-compressed.npz', 'npz', 'block1/c1/W', '<f4', 648],
    ['numpy.npy', 'npy', 'numpy', '<f4', 24],
    ['tfjs-layers/model.json', 'tfjs', 'block1_c1/kernel', 'float32', 648],
    ['tfjs-graph/model.json', 'tfjs', 'kernel', 'float32 as uint8', 162],
  ])('tells what %s is by its contents', async (name, format, array, dtype, bytes) => {
    await fixture(name, async (file) => {
      expect(file.format).toBe(format);
      expect(file.file).toBe(path.join(weightFixtures, name));
      expect(file.tensors.find((tensor) => tensor.name === array)).toMatchObject({ dtype, bytes });
      expect(file.flaws).toEqual([]);
      return Promise.resolve();
    });
  });

  it('gives what comes with the arrays', async () => {
    const metadata = (name: string): Promise<unknown> =>
      fixture(name, (file) => Promise.resolve(file.metadata));
    expect(await metadata('pytorch-plain.safetensors')).toEqual({ format: 'pt' });
    expect(await metadata('pytorch-plain.pt')).toEqual({});
    expect(await metadata('tfjs-layers/model.json')).toMatchObject({
      format: 'layers-model',
      convertedBy: 'TensorFlow.js Converter v4.22.0',
    });
  });

  it('keeps 64 bits where 32 would lose digits, and no more', async () => {
    await fixture('dtypes.pt', async (file) => {
      for (const name of ['float64', 'int64', 'uint64', 'wide']) {
        expect(await file.read(name)).toBeInstanceOf(Float64Array);
      }
      for (const name of ['float32', 'bfloat16', 'int32', 'bool']) {
        expect(await file.read(name)).toBeInstanceOf(Float32Array);
      }
    });
  });

  it('counts the shards of a model of TensorFlow.js with it', async () => {
    await fixture('tfjs-layers/model.json', (file) => {
      expect(file.bytes).toBeGreaterThan(696);
      return Promise.resolve();
    });
  });

  it('names the array that is not there, and those that can be had', async () => {
    await fixture('pytorch-plain.pt', async (file) => {
      await expect(file.read('toString')).rejects.toThrow(/no array "toString".*19 arrays/);
    });
  });

  it('says what it leaves out of a training state, and why', async () => {
    await fixture('pytorch-training.pt', (file) => {
      expect(file.flaws).toEqual([
        '"arguments" of the class or function "argparse.Namespace" was left out: nothing that a file names is ever loaded or called.',
      ]);
      return Promise.resolve();
    });
  });

  it('says that of a pickled module only the arrays are read', async () => {
    await fixture('pytorch-module.pt', (file) => {
      expect(file.flaws).toEqual([
        'It holds a module of the class "__main__.Discriminator" as a whole: its arrays are read, its code is never loaded.',
      ]);
      return Promise.resolve();
    });
  });

  it('lists arrays without real numbers, and refuses to read them', async () => {
    await fixture('numpy-unreadable.npz', async (file) => {
      expect(file.tensors.map(({ name }) => name)).toHaveLength(6);
      await expect(file.read('objects')).rejects.toThrow(/Python objects, which are never loaded/);
      await expect(file.read('records')).rejects.toThrow(/type "structure".*Save it as float32/);
      await expect(file.read('text')).rejects.toThrow(/type "<U2"/);
      await expect(file.read('complex')).rejects.toThrow(/type "<c8"/);
    });
    await fixture('pytorch-complex.pt', async (file) => {
      await expect(file.read('complex')).rejects.toThrow(/type "complex64"/);
    });
    await fixture('numpy-objects.npy', async (file) => {
      await expect(file.read('numpy-objects')).rejects.toThrow(/Python objects/);
    });
  });

  it('sends owners of checkpoints before PyTorch 1.6 to a current one', async () => {
    const file = path.join(weightFixtures, 'pytorch-legacy.pt');
    await expect(openWeights(file)).rejects.toThrow(/before 1\.6: load it and save it again/);
  });

  it('turns the bytes of a checkpoint from a big-endian machine', async () => {
    const bytes = Buffer.from(Float32Array.of(1, 2, 3, 4).buffer).swap32();
    const file = fileOf(
      packZip([
        { name: 'archive/data.pkl', contents: pickle(dictionary({ a: tensor() })) },
        { name: 'archive/byteorder', contents: Buffer.from('big') },
        { name: 'archive/data/0', contents: bytes, deflate: true },
      ]),
    );
    await opened(file, async (weights) => {
      expect(await weights.read('a')).toEqual(Float32Array.of(1, 2, 3, 4));
    });
  });

  it('refuses a folder, and a file that is not there', async () => {
    await expect(openWeights(weightFixtures)).rejects.toThrow(/it is a folder/);
    await expect(openWeights('/no/such.pt')).rejects.toThrow(/such\.pt: it does not exist/);
  });
});
