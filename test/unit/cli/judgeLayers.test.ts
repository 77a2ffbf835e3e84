import { describe, expect, it } from 'vitest';
import { defaults } from '../../../src/gan/presets';
import type { NamedArray } from '../../../src/shared/tensors';
import type { Checkpoint } from '../../../src/trainer/checkpoint';
import { discriminatorLayers, judgeLayer } from '../../../src/trainer/judgeLayers';

const parametrization = 'd.conv1.parametrizations.weight';

/** Singular values 4 and 3: as a matrix the rows are (3, 0, 0) and (0, 4, 0). */
const weight = array(`${parametrization}.original`, [2, 1, 1, 3], [3, 0, 0, 0, 4, 0]);

function array(name: string, shape: number[], values: number[]): NamedArray {
  return { name, shape, data: Float32Array.from(values) };
}

function checkpointOf(arrays: readonly NamedArray[], normalized = true): Checkpoint {
  return {
    file: 'a.safetensors',
    step: 1,
    config: { ...defaults, preset: 'C' },
    updatesD: 1,
    updatesG: 1,
    layers: [
      { name: 'd.conv1', kind: 'conv', normalized },
      { name: 'g.dense', kind: 'dense', normalized: false },
    ],
    arrays: new Map(arrays.map((entry) => [entry.name, entry])),
  };
}

function vectors(u: number[], v: number[]): NamedArray[] {
  return [
    array(`${parametrization}.0._u`, [u.length], u),
    array(`${parametrization}.0._v`, [v.length], v),
  ];
}

describe('judgeLayer', () => {
  it('finds a layer with exact u and v normalised to 1', () => {
    const checkpoint = checkpointOf([weight, ...vectors([0, 1], [0, 1, 0])]);
    const [layer] = discriminatorLayers(checkpoint);
    const judged = judgeLayer(checkpoint, layer);
    expect(judged).toMatchObject({ layer: 'conv1', rows: 2, columns: 3, estimate: 4 });
    expect(judged.sigma).toBeCloseTo(4, 12);
    expect(judged.normalizedSigma).toBeCloseTo(1, 12);
    expect(judged.frobenius).toBeCloseTo(5, 12);
    expect(judged.stableRank).toBeCloseTo(25 / 16, 12);
  });

  it('tells by how much u and v of another direction underestimate', () => {
    const checkpoint = checkpointOf([weight, ...vectors([1, 0], [1, 0, 0])]);
    const judged = judgeLayer(checkpoint, discriminatorLayers(checkpoint)[0]);
    expect(judged.estimate).toBe(3);
    expect(judged.relativeError).toBeCloseTo(-1 / 4, 12);
    expect(judged.normalizedSigma).toBeCloseTo(4 / 3, 12);
  });

  it('has no estimate for a layer that is not normalised', () => {
    const checkpoint = checkpointOf([{ ...weight, name: 'd.conv1.weight' }], false);
    const judged = judgeLayer(checkpoint, discriminatorLayers(checkpoint)[0]);
    expect(judged).toMatchObject({ estimate: null, relativeError: null, normalizedSigma: null });
    expect(judged.sigma).toBeCloseTo(4, 12);
  });

  it('refuses a checkpoint that lacks an array or has one of a wrong length', () => {
    const judge = (checkpoint: Checkpoint) => () =>
      judgeLayer(checkpoint, discriminatorLayers(checkpoint)[0]);
    expect(judge(checkpointOf([weight]))).toThrow(
      `a.safetensors has no array "${parametrization}.0._u", which its layers promise`,
    );
    expect(judge(checkpointOf([weight, ...vectors([1, 0], [1, 0])]))).toThrow(
      'have 2 and 2 values, but the weight is 2 x 3; the checkpoint is damaged.',
    );
  });
});
