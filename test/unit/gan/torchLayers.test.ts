import '../../fixtures/torch/float64';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { conv, convTranspose } from '../../../src/gan/layers/convolution';
import { dense } from '../../../src/gan/layers/dense';
import type { LayerSpec } from '../../../src/gan/layers/layer';
import { Network, ownWeights } from '../../../src/gan/network';
import { asMatrix, fromMatrix, type LinearKind } from '../../../src/gan/parameter';
import {
  addSpectralNorm,
  estimateSigma,
  iteratePower,
  normalizeWeight,
  type SingularVectors,
} from '../../../src/gan/spectralNorm';
import {
  flattenedLayout,
  fromTorch,
  sameLayout,
  toTorch,
  type TorchLayout,
} from '../../../src/gan/torchLayout';
import {
  channelsFirst,
  channelsLast,
  expectSummary,
  readFixture,
} from '../../fixtures/torch/fixture';
import { hashValues } from '../../fixtures/torch/hashValues';
import { setParameter } from '../../fixtures/torch/twinNetworks';

/** Arrays are complete and in PyTorch's order. */
interface LayerFixture {
  /** The raw weight is array k of hashValues, the start of u k + 1, dL/dW-bar k + 2, input k + 3. */
  readonly k: number;
  readonly shape: readonly number[];
  readonly u: readonly number[];
  readonly v: readonly number[];
  readonly sigma: number;
  readonly exactSigma: number;
  readonly normalised: readonly number[];
  readonly gradient: readonly number[];
  /** By torch.nn.utils.spectral_norm, beginning at the start of u. */
  readonly powerIterations: readonly {
    readonly u: readonly number[];
    readonly v: readonly number[];
    readonly sigma: number;
  }[];
  readonly input?: readonly number[];
  readonly output?: readonly number[];
}

/** float64 on both sides, 13 digits in the fixture, one short formula. */
const TOLERANCE = 1e-11;

const fixtures = readFixture<Record<string, LayerFixture>>('layers');
const init = { kind: 'constant', value: 0 } as const;

interface LayerCase {
  readonly name: string;
  readonly kind: LinearKind;
  readonly layout: TorchLayout;
  /** What v runs over: [kernel height, kernel width, channels] or [features]. */
  readonly inputs: readonly number[];
  /** Without it the kind has no layer, only a weight. */
  readonly layer?: LayerSpec;
}

const cases: readonly LayerCase[] = [
  {
    name: 'conv',
    kind: 'conv',
    layout: { view: [3, 3, 3, 5], order: [3, 2, 0, 1], shape: [5, 3, 3, 3] },
    inputs: [3, 3, 3],
    layer: conv('layer', 5, { kernel: 3, bias: false, init }),
  },
  {
    name: 'stridedConv',
    kind: 'conv',
    layout: { view: [4, 4, 4, 6], order: [3, 2, 0, 1], shape: [6, 4, 4, 4] },
    inputs: [4, 4, 4],
    layer: conv('layer', 6, { kernel: 4, stride: 2, bias: false, init }),
  },
  {
    name: 'convTranspose',
    kind: 'convTranspose',
    layout: { view: [4, 4, 4, 6], order: [3, 2, 0, 1], shape: [6, 4, 4, 4] },
    inputs: [4, 4, 6],
    layer: convTranspose('layer', 4, { kernel: 4, stride: 2, init }),
  },
  {
    name: 'dense',
    kind: 'dense',
    layout: { view: [7, 5], order: [1, 0], shape: [5, 7] },
    inputs: [7],
    layer: dense('layer', [5], { bias: false, init }),
  },
  { name: 'embedding', kind: 'embedding', layout: sameLayout([6, 4]), inputs: [4] },
];

describe.each(cases)('spectral normalisation of $name, as PyTorch computes it', (layerCase) => {
  const { name, kind, layout, inputs, layer } = layerCase;
  const fixture = fixtures[name];
  const ours = (values: ArrayLike<number>): tf.Tensor =>
    tf.tensor(fromTorch(Float32Array.from(values), layout), [...layout.view]);
  const theirs = (tensor: tf.Tensor): Float32Array => toTorch(tensor.dataSync<'float32'>(), layout);
  const hashed = (offset: number): Float64Array =>
    hashValues(fixture.k + offset, fixture.normalised.length);

  /** v orders the inputs as a row of the weight matrix does, which differs between the two. */
  const vectors = (u: readonly number[], v: readonly number[]): SingularVectors => ({
    u: tf.tensor1d([...u]),
    v: tf.tensor1d(fromTorch(Float32Array.from(v), flattenedLayout(inputs))),
  });

  it('gives sigma = u^T W v', () => {
    const matrix = asMatrix(kind, ours(hashed(0)));
    const sigma = estimateSigma(matrix, vectors(fixture.u, fixture.v)).dataSync();
    expectSummary(sigma, { values: [fixture.sigma] }, TOLERANCE, 'sigma');
  });

  it('divides the weight by sigma', () => {
    const normalised = normalizeWeight(ours(hashed(0)), kind, vectors(fixture.u, fixture.v));
    expectSummary(theirs(normalised), { values: fixture.normalised }, TOLERANCE, 'W / sigma');
  });

  it('sends the gradient through sigma, with u and v stale and constant', () => {
    expect(fixture.sigma / fixture.exactSigma).toBeLessThan(0.99);
    const direction = ours(hashed(2));
    const gradient = tf.grad((weight) =>
      tf.sum(tf.mul(normalizeWeight(weight, kind, vectors(fixture.u, fixture.v)), direction)),
    )(ours(hashed(0)));
    expectSummary(theirs(gradient), { values: fixture.gradient }, TOLERANCE, 'dL/dW');
  });

  it('gives <dL/dW, W> = 0 and dL/dW = (G - <G, W-bar> u v^T) / sigma', () => {
    const [weight, G] = [ours(hashed(0)), ours(hashed(2))];
    const { u, v } = vectors(fixture.u, fixture.v);
    const loss = (w: tf.Tensor): tf.Tensor => tf.sum(tf.mul(normalizeWeight(w, kind, { u, v }), G));
    const gradient = tf.grad(loss)(weight);
    const lengths = tf.mul(tf.norm(gradient), tf.norm(weight)).dataSync()[0];
    const inner = tf.sum(tf.mul(gradient, weight)).dataSync()[0];
    expect(Math.abs(inner) / lengths).toBeLessThan(1e-14);

    const normalised = tf.div(weight, fixture.sigma);
    const lambda = tf.sum(tf.mul(G, normalised));
    const rankOne = fromMatrix(kind, tf.outerProduct(v, u), weight.shape);
    const expected = tf.div(tf.sub(G, tf.mul(lambda, rankOne)), fixture.sigma);
    expectSummary(gradient.dataSync(), { values: [...expected.dataSync()] }, TOLERANCE, 'eq. 12');
  });

  it('iterates u and v like the hook, v first', () => {
    const matrix = asMatrix(kind, ours(hashed(0)));
    const start = hashValues(fixture.k + 1, fixture.u.length);
    const unit = tf.tensor1d(Float32Array.from(start));
    const u0 = tf.div<tf.Tensor1D>(unit, tf.norm(unit));
    fixture.powerIterations.forEach((expected, i) => {
      const found = iteratePower(matrix, u0, i + 1);
      const { u, v } = vectors(expected.u, expected.v);
      expectSummary(found.u.dataSync(), { values: [...u.dataSync()] }, TOLERANCE, `u_${i + 1}`);
      expectSummary(found.v.dataSync(), { values: [...v.dataSync()] }, TOLERANCE, `v_${i + 1}`);
      const sigma = estimateSigma(matrix, found).dataSync();
      expectSummary(sigma, { values: [expected.sigma] }, TOLERANCE, `sigma_${i + 1}`);
    });
  });

  if (!layer) return;

  it('gives the same output from the normalised weight', () => {
    const { input = [], output = [] } = fixture;
    const isImage = input.length === 4;
    const inputShape = isImage ? [...input.slice(2), input[1]] : input.slice(1);
    const network = new Network('d', inputShape, [layer], 0);
    const [parameter] = network.parameters;
    expect(parameter.layout).toEqual(layout);
    expect(parameter.sides?.input).toEqual(inputs);
    setParameter(parameter, hashed(0));
    addSpectralNorm(network, { nPowerIterations: 1, warmUpIterations: 15, seed: 0 });
    const [norm] = network.spectralNorms;
    const { u, v } = vectors(fixture.u, fixture.v);
    norm.u.assign(u);
    norm.v.assign(v);
    const values = hashValues(
      fixture.k + 3,
      input.reduce((size, length) => size * length, 1),
      2,
    );
    const x = isImage ? channelsLast(values, input) : Float32Array.from(values);
    const y = network.forward(
      tf.tensor(x, [input[0], ...inputShape]),
      ownWeights({ moments: 'batch' }),
    );
    const found = isImage ? channelsFirst(y.dataSync(), y.shape) : y.dataSync();
    expectSummary(found, { values: output }, TOLERANCE, 'output');
    network.dispose();
  });
});
