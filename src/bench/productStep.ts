import { randomBytes } from 'node:crypto';
import * as tf from '@tensorflow/tfjs-core';
import { CompiledStep } from '../compile/compiledStep';
import { Batches } from '../data/batches';
import type { ImageSet } from '../data/imageSet';
import { EagerStep } from '../gan/eagerStep';
import { Gan } from '../gan/gan';
import type { StepScalars, TrainingStep } from '../gan/trainingStep';
import type { ImageSize, TrainConfig } from '../shared/config';
import { PhaseClock } from '../trainer/phaseClock';
import { Stepper } from '../trainer/stepper';
import { operationsOfStep } from './flops';

/** As many as a small data set has; enough that no batch repeats another. */
const IMAGES = 2048;

/** Steps as the trainer makes them, on images of noise that are in memory. */
export interface ProductStep {
  /** Floating point operations of a step. */
  readonly operations: number;
  /** Whether a step is one call of the runtime, or one for every operation. */
  readonly form: 'compiled' | 'eager';
  /** What compiling took; null where a step is eager. */
  readonly compiling: { readonly seconds: number; readonly bytes: number } | null;
  /** Makes the next step. */
  readonly run: (measure: boolean) => Promise<TimedStep>;
}

export interface TimedStep {
  /** From inputs in memory to losses in memory, and drawing the inputs. */
  readonly seconds: { readonly update: number; readonly data: number };
  readonly scalars: StepScalars;
}

/** Builds what the trainer would build on the runtime that is loaded. */
export async function createProductStep(config: TrainConfig): Promise<ProductStep> {
  const gan = new Gan(config);
  const { step, form, compiling } = await createStep(config, gan);
  const { discriminator: batchSize } = config.batch;
  const { seed, data } = config;
  const batches = new Batches(noise(data.size), { batchSize, seed, ...data });
  const clock = new PhaseClock();
  const stepper = new Stepper(config, gan, step, batches, clock);
  let index = 0;
  return {
    operations: operationsOfStep(gan, batchSize, config.nDis),
    form,
    compiling,
    run: async (measure) => {
      clock.restart();
      const scalars = await stepper.step(index++, measure);
      const { byPhase } = clock.lap();
      const seconds = { update: byPhase['update'] / 1000, data: byPhase['data'] / 1000 };
      return { seconds, scalars };
    },
  };
}

/** The kind of step that the trainer chooses for a config on this runtime. */
async function createStep(
  config: TrainConfig,
  gan: Gan,
): Promise<{ step: TrainingStep } & Pick<ProductStep, 'form' | 'compiling'>> {
  if (tf.getBackend() !== 'tensorflow') {
    return { step: new EagerStep(config, gan), form: 'eager', compiling: null };
  }
  const step = await CompiledStep.compile(config, gan);
  const { bytes, milliseconds } = step.cost;
  const { record, write, load } = milliseconds;
  return { step, form: 'compiled', compiling: { seconds: (record + write + load) / 1000, bytes } };
}

/** Random images: a step takes as long on them as on any others. */
function noise(size: ImageSize): ImageSet {
  return {
    name: 'noise',
    source: 'noise',
    kind: 'noise',
    count: IMAGES,
    size,
    classes: [],
    images: randomBytes(IMAGES * size * size * 3),
    labels: undefined,
    skipped: [],
    otherSplit: 0,
  };
}
