import { randomFillSync } from 'node:crypto';
import { createTrainingStep } from '../compile/createTrainingStep';
import type { BatchSource } from '../data/batches';
import { Gan } from '../gan/gan';
import type { StepScalars, TrainingStep } from '../gan/trainingStep';
import type { ImageSize, RuntimeName, TrainConfig } from '../shared/config';
import { openInputs } from '../trainer/inputs/inputSource';
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
export async function createProductStep(
  config: TrainConfig,
  runtime: RuntimeName,
): Promise<ProductStep> {
  const gan = new Gan(config);
  const { step, form, compiling } = await createStep(config, gan, runtime);
  const clock = new PhaseClock();
  const inputs = openInputs(config, noise(config.data.size));
  const stepper = new Stepper(config, gan, step, inputs, clock);
  let index = 0;
  return {
    operations: operationsOfStep(gan, config.batch.discriminator, config.nDis),
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

/** The step that the trainer would make of this config. */
async function createStep(
  config: TrainConfig,
  gan: Gan,
  runtime: RuntimeName,
): Promise<{ step: TrainingStep } & Pick<ProductStep, 'form' | 'compiling'>> {
  const { step, cost } = await createTrainingStep(config, gan, runtime);
  if (!cost) return { step, form: 'eager', compiling: null };
  const { bytes, milliseconds } = cost;
  const spent = Object.values(milliseconds).reduce((sum, part) => sum + part, 0);
  return { step, form: 'compiled', compiling: { seconds: spent / 1000, bytes } };
}

/** Random images: a step takes as long on them as on any others. */
function noise(size: ImageSize): BatchSource {
  const images = new Uint8Array(new SharedArrayBuffer(IMAGES * size * size * 3));
  return { images: randomFillSync(images), count: IMAGES, size };
}
