import '../../fixtures/torch/float64';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, it } from 'vitest';
import { Gan } from '../../../src/gan/gan';
import { ownWeights } from '../../../src/gan/network';
import { ganLosses } from '../../../src/gan/losses';
import { fromMatrix, type Parameter } from '../../../src/gan/parameter';
import { resolveConfig } from '../../../src/gan/presets';
import { normalizeWeight, type SingularVectors } from '../../../src/gan/spectralNorm';
import { losses, type ConfigFile, type LossName } from '../../../src/shared/config';
import { hashValues } from '../../fixtures/torch/hashValues';

/** All in float64, so that rounding leaves 1e-15 of what is summed and slopes 1e-9 of the loss. */
const STEP = 1e-6;
const TOLERANCE = 1e-7;

let gan: Gan;
afterEach(() => gan.dispose());

function tinyGan(changes: ConfigFile = {}): Gan {
  gan = new Gan(
    resolveConfig({
      preset: 'quick',
      network: { width: 0.2, latentDim: 4, architecture: 'quick' },
      ...changes,
    }),
  );
  // Weights of 0.02 make scores so small that every loss is all but linear in them.
  for (const { variable } of gan.discriminator.parameters) {
    variable.assign(tf.tensor(Float32Array.from(hashValues(50, variable.size)), variable.shape));
  }
  return gan;
}

const real = tf.tensor(Float32Array.from(hashValues(1, 3 * 32 * 32 * 3, 2)), [3, 32, 32, 3]);
const z = tf.tensor2d(Float32Array.from(hashValues(2, 3 * 4, 2)), [3, 4]);

/** -V where one W-bar is multiplied by `factor`, with the given u and v of each of two passes. */
function stretchedLoss(
  stretched: Parameter,
  factor: number,
  [ofReal, ofFake]: readonly Map<Parameter, SingularVectors>[],
  loss: LossName,
): number {
  return tf.tidy(() => {
    const fake = gan.generator.forward(z, ownWeights({ moments: 'batch' }));
    const judge = (images: tf.Tensor, vectors: Map<Parameter, SingularVectors>): tf.Tensor =>
      gan.discriminator.forward(images, {
        moments: 'batch',
        weight: (parameter) => {
          const { variable, spectralNorm } = parameter;
          if (!spectralNorm) return variable;
          const { kind } = spectralNorm.parameter;
          const bar = normalizeWeight(variable, kind, vectors.get(parameter) as SingularVectors);
          return parameter === stretched ? tf.mul(bar, factor) : bar;
        },
      });
    return ganLosses[loss].discriminator(judge(real, ofReal), judge(fake, ofFake)).dataSync()[0];
  });
}

/** u and v as the passes of the next update of D will use them. */
function vectorsToCome(perForward: boolean): Map<Parameter, SingularVectors>[] {
  const before = gan.discriminator.spectralNorms.map((norm) => norm.vectors());
  const advanced = (): Map<Parameter, SingularVectors> => {
    gan.discriminator.spectralNorms.forEach((norm) => norm.advance());
    const { parameters } = gan.discriminator;
    return new Map(
      parameters.flatMap((p) => (p.spectralNorm ? [[p, p.spectralNorm.vectors()]] : [])),
    );
  };
  const first = advanced();
  const passes = [first, perForward ? advanced() : first];
  gan.discriminator.spectralNorms.forEach(({ u, v }, i) => {
    u.assign(before[i].u);
    v.assign(before[i].v);
  });
  return passes;
}

describe('lambda of a layer', () => {
  it.each(losses.flatMap((loss) => [true, false].map((perForward) => ({ loss, perForward }))))(
    'is the slope of V along W-bar: $loss, u advanced in every pass: $perForward',
    ({ loss, perForward }) => {
      tinyGan({ loss, spectralNorm: { perForward } });
      const passes = vectorsToCome(perForward);
      const { lambdas } = gan.discriminatorGradients(real as tf.Tensor4D, z, { lambdas: true });
      const normalized = gan.discriminator.parameters.filter(({ spectralNorm }) => spectralNorm);
      expect(Object.keys(lambdas).sort()).toEqual(normalized.map(({ layer }) => layer).sort());
      for (const parameter of normalized) {
        const [more, less] = [1 + STEP, 1 - STEP].map(
          (factor) => -stretchedLoss(parameter, factor, passes, loss),
        );
        const slope = (more - less) / (2 * STEP);
        const lambda = lambdas[parameter.layer].dataSync()[0];
        expect(Math.abs(lambda), parameter.layer).toBeGreaterThan(1e-3);
        expect(Math.abs(lambda - slope), parameter.layer).toBeLessThan(
          TOLERANCE * (1 + Math.abs(slope)),
        );
      }
    },
  );

  it('makes eq. 12 of the gradients: dV/dW = (dV/dW-bar - lambda u v^T) / sigma', () => {
    tinyGan();
    const { byParameter, lambdas } = gan.discriminatorGradients(real as tf.Tensor4D, z, {
      lambdas: true,
    });
    // W-bar by itself, without its normalisation, has the gradient of eq. 12's first term.
    const fake = gan.generator.forward(z, ownWeights({ moments: 'batch' }));
    const { parameters } = gan.discriminator;
    parameters.forEach((parameter, i) => {
      const { spectralNorm, variable } = parameter;
      if (!spectralNorm) return;
      const { kind } = spectralNorm.parameter;
      const vectors = spectralNorm.vectors();
      const bar = normalizeWeight(variable, kind, vectors);
      const G = tf.grad((used) => {
        const own = ownWeights({ moments: 'batch' });
        const weight = (asked: Parameter): tf.Tensor =>
          asked === parameter ? used : own.weight(asked);
        const judge = (images: tf.Tensor): tf.Tensor =>
          gan.discriminator.forward(images, { ...own, weight });
        return ganLosses.hinge.discriminator(judge(real), judge(fake));
      })(bar);
      const lambda = lambdas[parameter.layer].dataSync()[0];
      const uv = fromMatrix(kind, tf.outerProduct(vectors.v, vectors.u), variable.shape);
      // Of the loss, which is -V.
      const expected = tf.div(tf.add(G, tf.mul(uv, lambda)), spectralNorm.sigma());
      const off = tf.norm(tf.sub(byParameter[i], expected)).dataSync()[0];
      expect(off / tf.norm(expected).dataSync()[0], parameter.layer).toBeLessThan(1e-12);
    });
  });

  it.each([true, false])('is asked for without changing or leaking anything: %s', (perForward) => {
    tinyGan({ spectralNorm: { perForward } });
    const vectors = gan.discriminator.spectralNorms.map((norm) => norm.vectors());
    const plain = gan.discriminatorGradients(real as tf.Tensor4D, z);
    expect(plain.lambdas).toEqual({});
    gan.discriminator.spectralNorms.forEach(({ u, v }, i) => {
      u.assign(vectors[i].u);
      v.assign(vectors[i].v);
    });
    const before = tf.memory().numTensors;
    const asked = gan.discriminatorGradients(real as tf.Tensor4D, z, { lambdas: true });
    const { loss, scoreReal, scoreFake, byParameter, lambdas } = asked;
    const kept = [loss, scoreReal, scoreFake, ...byParameter, ...Object.values(lambdas)];
    expect(tf.memory().numTensors - before).toBe(kept.length);
    byParameter.forEach((gradient, i) =>
      expect([...gradient.dataSync()]).toEqual([...plain.byParameter[i].dataSync()]),
    );
    tf.dispose(kept);
  });

  it('is none where nothing is normalised', () => {
    tinyGan({ spectralNorm: { enabled: false } });
    const { lambdas } = gan.discriminatorGradients(real as tf.Tensor4D, z, { lambdas: true });
    expect(lambdas).toEqual({});
  });
});
