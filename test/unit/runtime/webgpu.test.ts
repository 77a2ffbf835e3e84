import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, describe, expect, test } from 'vitest';
import { adapterKind, adapterName } from '../../../src/runtime/webgpu/adapter';
import { addInGroups } from '../../../src/runtime/webgpu/kernels';

describe('an adapter', () => {
  const rtx = {
    vendor: 'nvidia',
    architecture: 'lovelace',
    device: 'NVIDIA GeForce RTX 4090',
    description: 'NVIDIA: 550.54',
    isFallbackAdapter: false,
  };

  test.each([
    { what: 'a card', info: rtx, kind: 'gpu' },
    { what: 'a fallback', info: { ...rtx, isFallbackAdapter: true }, kind: 'software' },
    {
      what: 'SwiftShader',
      info: { ...rtx, vendor: 'google', architecture: 'swiftshader', device: '' },
      kind: 'software',
    },
    { what: 'llvmpipe', info: { ...rtx, device: 'llvmpipe (LLVM 15.0.6)' }, kind: 'software' },
    {
      what: 'Windows’ own renderer',
      info: { ...rtx, device: 'Microsoft Basic Render Driver' },
      kind: 'software',
    },
    { what: 'a processor', info: { ...rtx, device: 'CPU' }, kind: 'software' },
    { what: 'a card whose name has warp in it', info: { ...rtx, device: 'Warpath' }, kind: 'gpu' },
  ])('is told to be $kind: $what', ({ info, kind }) => {
    expect(adapterKind(info)).toBe(kind);
  });

  test('is named by card and driver, or by its maker where it tells neither', () => {
    expect(adapterName(rtx)).toBe('NVIDIA GeForce RTX 4090, NVIDIA: 550.54');
    expect(adapterName({ ...rtx, device: '', description: '' })).toBe('nvidia lovelace');
  });
});

describe('adding many tensors in groups', () => {
  beforeAll(async () => {
    await tf.setBackend('cpu');
  });

  test.each([1, 2, 6, 7, 8, 13, 14, 37])('adds %i tensors and leaks none', (count) => {
    const stock = tf.getKernel('AddN', 'cpu').kernelFunc;
    const sizes: number[] = [];
    const grouped = addInGroups((args) => {
      sizes.push(Object.values(args.inputs).length);
      return stock(args);
    }, 7);
    const inputs = Array.from({ length: count }, (_, i) => tf.tensor1d([2 ** (i % 20), i]));
    const backend = tf.backend();
    const before = backend.numDataIds();
    const sum = grouped({ inputs: inputs as unknown as tf.NamedTensorInfoMap, backend });
    expect(backend.numDataIds()).toBe(before + 1);
    const values = backend.readSync((sum as tf.TensorInfo).dataId);
    const expected = inputs.reduce((total, _, i) => total + 2 ** (i % 20), 0);
    expect([...(values as Float32Array)]).toEqual([expected, (count * (count - 1)) / 2]);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(7);
    tf.dispose(inputs);
  });
});
