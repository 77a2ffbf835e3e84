import { describe, expect, it } from 'vitest';
import { defaults } from '../../../src/gan/presets';
import { configProblems } from '../../../src/shared/configErrors';

/** The sentences for what a config file holds. */
function sentences(file: unknown): string[] {
  return configProblems(file).map(({ message }) => message);
}

const sectionKeys =
  'name, preset, data, network, spectralNorm, loss, optimizer, nDis, batch, steps, ema, seed, runtime, precision, log, samples, checkpoints and runsFolder';

describe('configProblems', () => {
  it.each([
    [
      'a choice that is misspelt',
      { preset: 'quik' },
      '"preset" is "quik", but it must be A, B, C, D, E, F, resnet or quick; the nearest is quick.',
    ],
    [
      'a choice that is like none',
      { loss: 'mse' },
      '"loss" is "mse", but it must be hinge, hinge-clamp, non-saturating or wasserstein.',
    ],
    [
      'a number that is none of the choices',
      { data: { size: 33 } },
      '"data.size" is 33, but it must be 32, 48 or 64.',
    ],
    [
      'a number in quotes',
      { batch: { discriminator: '32' } },
      '"batch.discriminator" is "32", but it must be a whole number from 1 to 4096.',
    ],
    [
      'a fraction where a whole number is needed',
      { steps: 1.5 },
      '"steps" is 1.5, but it must be a whole number of at least 1.',
    ],
    [
      'a number that is too small',
      { nDis: 0 },
      '"nDis" is 0, but it must be a whole number from 1 to 100.',
    ],
    [
      'a number that breaks two rules at once, in one sentence',
      { seed: 1e20 },
      '"seed" is 100000000000000000000, but it must be a whole number from 0 to 4294967295.',
    ],
    [
      'a bound that is not allowed itself',
      { optimizer: { beta1: 1 } },
      '"optimizer.beta1" is 1, but it must be a number of at least 0 and below 1.',
    ],
    [
      'zero where only more is allowed',
      { optimizer: { epsilon: 0 } },
      '"optimizer.epsilon" is 0, but it must be a number above 0.',
    ],
    [
      'a key that may be null',
      { optimizer: { decayFrom: -1 } },
      '"optimizer.decayFrom" is -1, but it must be a whole number of at least 0 or null.',
    ],
    [
      'a switch that is a number',
      { data: { flip: 1 } },
      '"data.flip" is 1, but it must be true or false.',
    ],
    ['an empty text', { name: '' }, '"name" is "", but it must be a text of 1 to 120 characters.'],
    [
      'null instead of leaving a key out',
      { data: { source: null } },
      '"data.source" is null, but it must be a text that is not empty.',
    ],
    [
      'a section that is a number',
      { batch: 7 },
      '"batch" is 7, but it must be an object with some of the keys discriminator and generator.',
    ],
    [
      'a section that is a list',
      { log: [1] },
      '"log" is [1], but it must be an object with some of the keys every.',
    ],
    [
      'a key in the wrong case at the wrong place',
      { learningrate: 0.1 },
      'There is no key "learningrate" (0.1); the nearest is "optimizer.learningRate".',
    ],
    [
      'a key with underscores',
      { network: { latent_dim: 128 } },
      'There is no key "network.latent_dim" (128); the nearest is "network.latentDim".',
    ],
    [
      'two letters that changed places',
      { data: { soruce: 'x' } },
      'There is no key "data.soruce" ("x"); the nearest is "data.source".',
    ],
    [
      'a key of the top in a section',
      { optimizer: { steps: 5 } },
      'There is no key "optimizer.steps" (5); the nearest is "steps".',
    ],
    [
      'a key that several sections have, in its own section',
      { samples: { evry: 5 } },
      'There is no key "samples.evry" (5); the nearest is "samples.every".',
    ],
    [
      'a key like none, with those of its section',
      { optimizer: { lr: 3 } },
      'There is no key "optimizer.lr" (3); the keys of "optimizer" are learningRate, beta1, beta2, epsilon and decayFrom.',
    ],
    [
      'a key like none at the top',
      { foo: 1 },
      `There is no key "foo" (1); the keys of a config are ${sectionKeys}.`,
    ],
    [
      'a config that is a list',
      [1],
      `The config is [1], but it must be an object with some of the keys $schema, ${sectionKeys}.`,
    ],
  ])('tells %s', (_what, file, sentence) => {
    expect(sentences(file)).toEqual([sentence]);
  });

  it('tells all mistakes, not only the first', () => {
    expect(sentences({ nDis: 0, steps: 'x', foo: 1, data: { size: 1, bar: 2 } })).toHaveLength(5);
  });

  it('shortens values that would fill the screen', () => {
    const [sentence] = sentences({ nDis: 'x'.repeat(10_000) });
    expect(sentence.length).toBeLessThan(200);
  });

  it('takes a key named __proto__ for what it is', () => {
    const file: unknown = JSON.parse('{ "__proto__": { "steps": 3 } }');
    expect(sentences(file)).toEqual([expect.stringContaining('no key "__proto__"')]);
  });

  it('finds nothing in the defaults', () => {
    expect(configProblems(defaults)).toEqual([]);
  });
});
