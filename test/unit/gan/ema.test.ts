import '../../fixtures/torch/float64';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { WeightAverage } from '../../../src/gan/ema';
import { dense } from '../../../src/gan/layers/dense';
import { batchNorm } from '../../../src/gan/layers/batchNorm';
import { Network } from '../../../src/gan/network';
import { addSpectralNorm } from '../../../src/gan/spectralNorm';

const init = { kind: 'constant', value: 1 } as const;
const network = (): Network =>
  new Network('g', [2], [dense('fc', [2], { init }), batchNorm('bn')], 0);

describe('the moving average of weights', () => {
  it('is decay * average + (1 - decay) * weight, beginning with the first weights', () => {
    const g = network();
    const average = new WeightAverage(g, 0.9, 0);
    const [weight] = g.parameters;
    let expected = 1;
    [5, -2, 7].forEach((value, step) => {
      weight.variable.assign(tf.fill([2, 2], value));
      average.update(average.decayAt(step));
      expected = 0.9 * expected + 0.1 * value;
      for (const found of average.of(weight).dataSync()) expect(found).toBeCloseTo(expected, 14);
    });
  });

  it('is G itself until averaging begins, and decays from there', () => {
    const g = network();
    const average = new WeightAverage(g, 0.5, 2);
    const [weight] = g.parameters;
    const seen = [10, 20, 30, 40].map((value, step) => {
      weight.variable.assign(tf.fill([2, 2], value));
      average.update(average.decayAt(step));
      return average.of(weight).dataSync()[0];
    });
    expect(seen).toEqual([10, 20, 25, 32.5]);
  });

  it('is one of raw weights only: not of u, v or batch statistics', () => {
    const g = network();
    addSpectralNorm(g, { nPowerIterations: 1, warmUpIterations: 15, seed: 0 });
    const before = tf.memory().numTensors;
    const average = new WeightAverage(g, 0.9, 0);
    expect(tf.memory().numTensors - before).toBe(g.parameters.length);
    expect(g.parameters.map(({ name }) => name)).toEqual([
      'fc.weight',
      'fc.bias',
      'bn.weight',
      'bn.bias',
    ]);
    for (const parameter of g.parameters) {
      // A variable of its own with the values of the raw one, not of W / sigma.
      expect(average.of(parameter)).not.toBe(parameter.variable);
      expect([...average.of(parameter).dataSync()]).toEqual([...parameter.variable.dataSync()]);
    }
    average.update(average.decayAt(0));
    average.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('knows the parameters of its own network only', () => {
    const [stranger] = network().parameters;
    expect(() => new WeightAverage(network(), 0.9, 0).of(stranger)).toThrow(/not a parameter/);
  });
});
