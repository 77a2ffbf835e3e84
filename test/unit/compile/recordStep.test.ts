import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { recordStep, type RecordedStep } from '../../../src/compile/recordStep';
import type { RecordingTarget } from '../../../src/compile/recordingBackend';
import { encodeSavedModel } from '../../../src/compile/savedModel';
import { Gan } from '../../../src/gan/gan';
import { resolveConfig } from '../../../src/gan/presets';
import { loadWasm } from '../../../src/runtime/wasm/load';
import type { ConfigFile } from '../../../src/shared/config';

beforeAll(loadWasm);
afterEach(() => vi.restoreAllMocks());

const target = { narrow: false, processor: false };

async function record(
  file: ConfigFile,
  change?: (gan: Gan) => void,
  wanted: RecordingTarget = target,
): Promise<RecordedStep> {
  const config = resolveConfig(file);
  const gan = new Gan(config);
  change?.(gan);
  try {
    return await recordStep(config, gan, wanted);
  } finally {
    gan.dispose();
  }
}

/** The nodes that a call runs: those that its outputs need, through values and order. */
function needed({ nodes, signatures }: RecordedStep, call: string): Map<string, number> {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const seen = new Set<string>();
  const open = Object.values(signatures[call].outputs).map(({ node }) => node);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const inputs = byName.get(name)?.inputs ?? [];
    open.push(...inputs.map((input) => input.replace(/^\^|:\d+$/g, '')));
  }
  const counts = new Map<string, number>();
  for (const name of seen) {
    const op = byName.get(name)?.op ?? name;
    counts.set(op, (counts.get(op) ?? 0) + 1);
  }
  return counts;
}

const table3: ConfigFile = {
  network: { width: 0.05 },
  batch: { discriminator: 2, generator: 2 },
};

describe('the recorded step of Table 3', () => {
  let step: RecordedStep;
  beforeAll(async () => {
    step = await record(table3);
  });

  it('has no convolution that its mathematics does not need', () => {
    const counts = needed(step, 'step');
    // D forward twice (7 each), G's last layer, and the gradients of G's 3 transposed ones.
    expect(counts.get('Conv2D')).toBe(7 + 7 + 1 + 3);
    // G forward once for both players (3); D's update: all layers but the first, whose input is
    // no parameter (6); G's update: back through D (7) and G's last layer (1).
    expect(counts.get('Conv2DBackpropInput')).toBe(3 + 6 + 7 + 1);
    // Each weight once: none of D's in the update of G.
    expect(counts.get('Conv2DBackpropFilter')).toBe(7 + 4);
  });

  it('is matrix products on a processor where maps are small, of patches that are made once', async () => {
    const counts = needed(await record(table3, undefined, { ...target, processor: true }), 'step');
    // The two layers of D with maps of 4x4, in each of its passes, and the gradient of G's first.
    expect(counts.get('Conv2D')).toBe(7 + 7 + 1 + 3 - 5);
    expect(counts.get('Conv2DBackpropFilter')).toBe(7 + 4 - 3);
    // The gradients of these filters need no patches of their own.
    expect(counts.get('GatherV2')).toBe(5);
  });

  it('filters minimally on a processor where a 3x3 layer has channels enough, in float32', async () => {
    const batch = { discriminator: 32, generator: 32 };
    const wide: ConfigFile = { network: { width: 1 }, batch };
    const on = { ...target, processor: true };
    const counts = needed(await record(wide, undefined, on), 'step');
    // conv5 and conv7 of D: in two passes forward, in two back, and its filter's gradient once. For
    // conv7, 32 images in the update of G are too few.
    expect(counts.get('BatchMatMulV2')).toBe(2 + 2 + 1 + (1 + 1 + 1));
    expect(needed(await record(wide), 'step').has('BatchMatMulV2')).toBe(false);
    const narrow = await record(wide, undefined, { ...on, narrow: true });
    expect(needed(narrow, 'step').has('BatchMatMulV2')).toBe(false);
  });

  it('normalises every batch once and updates every array in place', () => {
    const counts = needed(step, 'step');
    expect(counts.get('FusedBatchNormV3')).toBe(4);
    expect(counts.get('FusedBatchNormGradV3')).toBe(4);
    // D: 8 weights and biases; G: dense and last layer with bias, 3 without, 4 batch norms.
    expect(counts.get('ResourceApplyAdam')).toBe(16 + 2 + 2 + 3 + 8);
    // u and v of 8 layers, mean and variance of 4 batch norms, and G's 15 averages.
    expect(counts.get('AssignVariableOp')).toBe(16 + 8 + 15);
  });

  it('measures with no convolution more', () => {
    const [plain, measured] = [needed(step, 'step'), needed(step, 'measuredStep')];
    for (const op of ['Conv2D', 'Conv2DBackpropInput', 'Conv2DBackpropFilter']) {
      expect(measured.get(op)).toBe(plain.get(op));
    }
    expect(step.tags['step']).toEqual(['loss/d', 'score/real', 'score/fake', 'loss/g']);
    expect(step.tags['measuredStep']).toEqual(
      expect.arrayContaining(['lambda/conv1', 'gradient/g', 'sigma/fc', 'weight/conv7']),
    );
  });

  it('holds no array of numbers, and is a small file', () => {
    const long = step.nodes.filter(({ op, attributes }) => {
      const { value } = attributes;
      return op === 'Const' && value && 'constant' in value && value.constant.values.length > 8;
    });
    expect(long).toEqual([]);
    expect(encodeSavedModel(step).length).toBeLessThan(300_000);
  });
});

describe('recording', () => {
  const small: ConfigFile = {
    network: { architecture: 'quick', width: 0.1, latentDim: 4 },
    batch: { discriminator: 2, generator: 2 },
  };

  it('draws latents of its own for G where the official order is asked for', async () => {
    const shared = await record(small);
    const official = await record({ ...small, spectralNorm: { perForward: true } });
    expect(Object.keys(shared.signatures['step'].inputs)).not.toContain('latentsG');
    expect(Object.keys(official.signatures['step'].inputs)).toContain('latentsG');
    // One iteration for all of D's passes, or one for each of real, fake and G's fake.
    const roots = (step: RecordedStep): number => needed(step, 'step').get('Sqrt') ?? 0;
    expect(roots(official)).toBeGreaterThan(2 * roots(shared));
  });

  it('makes a call of its own for the updates of D that come before the last', async () => {
    const step = await record({ ...small, nDis: 5 });
    const counts = needed(step, 'discriminator');
    expect(counts.get('ResourceApplyAdam')).toBe(10);
    expect(step.tags['discriminator']).toEqual(['loss/d', 'score/real', 'score/fake']);
  });

  it('leaves the players, their tensors and the backend as they were', async () => {
    const config = resolveConfig(small);
    const gan = new Gan(config);
    const [{ variable }] = gan.discriminator.parameters;
    const [{ u }] = gan.discriminator.spectralNorms;
    const before = [...variable.dataSync(), ...u.dataSync()];
    const { numTensors } = tf.memory();
    await recordStep(config, gan, target);
    expect([...variable.dataSync(), ...u.dataSync()]).toEqual(before);
    expect(tf.memory().numTensors).toBe(numTensors);
    expect([tf.getBackend(), gan.adamD.updates]).toEqual(['wasm', 0]);
    gan.dispose();
  });

  it('refuses a number that is drawn while the step is made', async () => {
    const refusal = record(small, ({ generator }) => {
      const forward = generator.forward.bind(generator);
      vi.spyOn(generator, 'forward').mockImplementation((z, pass) =>
        forward(tf.mul(z, 1 + Math.random()), pass),
      );
    });
    await expect(refusal).rejects.toThrow(
      /not the same each time it is recorded, first at Const_\d+; a number would be frozen/,
    );
  });

  it('refuses a number that follows a schedule', async () => {
    const refusal = record(small, ({ adamD }) => {
      const update = adamD.update.bind(adamD);
      vi.spyOn(adamD, 'update').mockImplementation((gradients, rates, loss) =>
        update(gradients, { ...rates, alpha: 1 / (1 + adamD.updates) }, loss),
      );
    });
    await expect(refusal).rejects.toThrow('a number would be frozen that should change');
  });

  it('refuses noise that is made inside the step', async () => {
    const refusal = record(small, ({ discriminator }) => {
      const forward = discriminator.forward.bind(discriminator);
      vi.spyOn(discriminator, 'forward').mockImplementation((x, pass) =>
        forward(tf.add(x, tf.tensor([0.1, -0.1, 0], [3])), pass),
      );
    });
    await expect(refusal).rejects.toThrow(
      'the step makes an array [3] of different numbers, which would never change',
    );
  });

  it('refuses a tensor that was made before', async () => {
    const noise = tf.randomNormal([2, 4]);
    const refusal = record(small, ({ generator }) => {
      const forward = generator.forward.bind(generator);
      vi.spyOn(generator, 'forward').mockImplementation((z, pass) =>
        forward(tf.add(z, noise), pass),
      );
    });
    await expect(refusal).rejects.toThrow(
      'the step uses a tensor [2, 4] that is none of its inputs; it would never change',
    );
    noise.dispose();
  });

  it('refuses a step that looks at a value', async () => {
    const refusal = record(small, ({ generator }) => {
      const forward = generator.forward.bind(generator);
      vi.spyOn(generator, 'forward').mockImplementation((z, pass) => {
        const y = forward(z, pass);
        return y.dataSync()[0] > 0 ? y : tf.neg(y);
      });
    });
    await expect(refusal).rejects.toThrow('the step reads a value while it is recorded');
  });

  it('says which operation cannot be recorded', async () => {
    const refusal = record(small, ({ generator }) => {
      const forward = generator.forward.bind(generator);
      vi.spyOn(generator, 'forward').mockImplementation((z, pass) => tf.erf(forward(z, pass)));
    });
    await expect(refusal).rejects.toThrow(/'Erf'/);
  });
});
