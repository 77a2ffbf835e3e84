import { describe, expect, it } from 'vitest';
import { readRun } from '../../../src/runs/runIdentity';
import type { ConfigFile } from '../../../src/shared/config';
import { newRun, resultOf, Trainer, trainToEnd } from './tinyRun';

const steps = 60;
const every: ConfigFile = {
  steps,
  log: { every: 3 },
  samples: { every: 20 },
  checkpoints: { every: 25 },
};

const settings: Record<string, ConfigFile> = {
  'the quick preset, with a moving average': {},
  'two updates of D a step and u advanced in every forward pass': {
    nDis: 2,
    spectralNorm: { perForward: true, nPowerIterations: 2 },
  },
  'no moving average and the non-saturating loss': { ema: { decay: 0 }, loss: 'non-saturating' },
  'averaging and learning-rate decay that begin on the way': {
    ema: { decay: 0.9, from: 30 },
    optimizer: { decayFrom: 20 },
    network: { latent: 'uniform' },
    batch: { generator: 6 },
  },
  'the ResNet': {
    network: { architecture: 'resnet', width: 0.05 },
    batch: { discriminator: 2, generator: 2 },
    ema: { decay: 0 },
    steps: 24,
    samples: { every: 10 },
    checkpoints: { every: 15 },
  },
};

/** Stops the run at a step from `least` on that no interval divides; returns it. */
async function trainAndStop(folder: string, least: number): Promise<number> {
  const trainer = new Trainer(folder);
  const client = await trainer.connect();
  // Pausing and resuming lets it do a step or two at a time, so it cannot run past them all: two
  // steps at a time lead from one that 3 divides to one that it does not.
  for (;;) {
    const step = Number(/^paused at step (\d+)$/.exec(await client.command('pause'))?.[1]);
    if (step >= least && step % 3 !== 0 && step % 5 !== 0) break;
    await client.command('resume');
  }
  await client.command('stop');
  expect((await trainer.exit).code).toBe(0);
  const { state, progress } = await readRun(folder);
  expect(state).toBe('stopped');
  return progress.step;
}

describe.each(Object.entries(settings))('a stopped and resumed run of %s', (_, changes) => {
  it('ends with the bits of a run that was never stopped', async () => {
    const config = { ...every, ...changes };
    const whole = await newRun(config);
    const halves = await newRun(config);
    await trainToEnd(whole);
    const stoppedAt = await trainAndStop(halves, (config.steps ?? steps) / 3);
    expect(stoppedAt).toBeLessThan(config.steps ?? steps);
    await trainToEnd(halves);

    const expected = await resultOf(whole);
    const logged = Array.from({ length: config.steps ?? steps }, (_step, i) => i + 1).filter(
      (step) => step === 1 || step % 3 === 0 || step % (config.samples?.every ?? 1) === 0,
    );
    expect((expected['scalars'] as object[]).length).toBe(logged.length);
    expect(await resultOf(halves)).toEqual(expected);
  });
});
