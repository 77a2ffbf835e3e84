import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-cpu';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { convolutionOperations } from '../../../src/runtime/probe/convolution';
import { measureGflops } from '../../../src/runtime/probe/measure';
import { verifyConvolutions } from '../../../src/runtime/probe/verify';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

describe('the check of a runtime', () => {
  const replaced: tf.KernelConfig[] = [];
  afterEach(() => {
    for (const stock of replaced.splice(0)) {
      tf.unregisterKernel(stock.kernelName, 'cpu');
      tf.registerKernel(stock);
    }
  });

  /** Lets a kernel compute right and then spoils one number of the result. */
  function spoil(name: string, change: (value: number) => number): void {
    const stock = tf.getKernel(name, 'cpu');
    replaced.push(stock);
    tf.unregisterKernel(name, 'cpu');
    tf.registerKernel({
      ...stock,
      kernelFunc: (args) => {
        const result = stock.kernelFunc(args) as tf.TensorInfo;
        const values = tf.backend().readSync(result.dataId) as Float32Array;
        values[values.length - 1] = change(values[values.length - 1]);
        return result;
      },
    });
  }

  test('passes a backend that computes right', async () => {
    await expect(verifyConvolutions()).resolves.toBeUndefined();
  });

  test.each([
    ['Conv2D', /the convolution with stride 1 wrong by 0\.10/],
    ['Conv2DBackpropInput', /the input gradient wrong by 0\.10/],
    ['Conv2DBackpropFilter', /the filter gradient wrong by 0\.10/],
  ])('finds one wrong number in a result of %s', async (kernel, says) => {
    spoil(kernel, (value) => value + 0.1);
    await expect(verifyConvolutions()).rejects.toThrow(says);
  });

  test('finds a number that is not one', async () => {
    spoil('Conv2DBackpropFilter', () => Number.NaN);
    await expect(verifyConvolutions()).rejects.toThrow(/wrong by NaN/);
  });
});

describe('the speed of a runtime', () => {
  const shape = { batch: 2, size: 4, channelsIn: 3, channelsOut: 5, stride: 2 };

  test('counts a product and a sum for each weight, output pixel and pass', () => {
    // 2 images, 2x2 outputs, 9 taps, 3 x 5 channels, 2 operations, 3 convolutions.
    expect(convolutionOperations(shape)).toBe(2 * 4 * 9 * 15 * 2 * 3);
  });

  test('is positive, finite, and measured without leaking tensors', async () => {
    const before = tf.memory().numTensors;
    const speed = await measureGflops(0, shape);
    expect(speed).toBeGreaterThan(0);
    expect(Number.isFinite(speed)).toBe(true);
    expect(tf.memory().numTensors).toBe(before);
  });
});
