import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { NamedTensorMap, Tensor, Variable } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Gan } from '../gan/gan';
import { createSampler, type Sampler } from '../gan/sample';
import type { LatentSource } from '../gan/standingMoments';
import { stateVariables } from '../gan/state';
import {
  sharesLatents,
  type StepInputs,
  type StepScalars,
  type TrainingStep,
} from '../gan/trainingStep';
import { loadedTfjsNode, usesGraphicsCard } from '../runtime/tensorflow/load';
import type { TrainConfig } from '../shared/config';
import { CompiledSampler } from './compiledSampler';
import { calls, recordStep, SCALARS, stepInputs, type RecordedStep } from './recordStep';
import { encodeSavedModel, SAVED_MODEL_FILE, SERVE } from './savedModel';

/** What compiling a step took. */
export interface CompileCost {
  readonly operations: number;
  readonly bytes: number;
  readonly milliseconds: {
    readonly record: number;
    readonly write: number;
    readonly load: number;
    /** The first call, in which TensorFlow finds the implementation of every operation. */
    readonly rehearse: number;
  };
}

/** A signature of a graph that TensorFlow has loaded. */
export type Call = Awaited<ReturnType<ReturnType<typeof loadedTfjsNode>['node']['loadSavedModel']>>;

/**
 * A step as one call of TensorFlow (nDis calls where D is updated nDis times). The state of
 * training lives in native variables from step to step; those of TensorFlow.js follow when they are
 * asked for, and on a processor share their memory.
 */
export class CompiledStep implements TrainingStep {
  private readonly variables: readonly Variable[];
  /** Whether the native variables are ahead of those of TensorFlow.js. */
  private ahead = false;

  private constructor(
    private readonly config: TrainConfig,
    private readonly gan: Gan,
    private readonly recorded: RecordedStep,
    private readonly signatures: Readonly<Record<string, Call>>,
  ) {
    this.variables = stateVariables(gan);
  }

  /**
   * Records the step of two players, hands the graph to TensorFlow, and gives it their state.
   *
   * @throws RecordingError, or TensorFlow's own error, where that cannot be done
   */
  static async compile(
    config: TrainConfig,
    gan: Gan,
  ): Promise<{ step: CompiledStep; cost: CompileCost }> {
    const times = [performance.now()];
    const recorded = await recordStep(config, gan, {
      narrow: config.precision === 'bf16',
      processor: !usesGraphicsCard(),
    });
    times.push(performance.now());
    const folder = await mkdtemp(path.join(os.tmpdir(), 'sn-gan-step-'));
    try {
      const file = encodeSavedModel(recorded);
      await writeFile(path.join(folder, SAVED_MODEL_FILE), file);
      times.push(performance.now());
      const loaded: Record<string, Call> = {};
      for (const name of Object.keys(recorded.signatures)) {
        loaded[name] = await loadedTfjsNode().node.loadSavedModel(folder, [SERVE], name);
      }
      times.push(performance.now());
      const step = new CompiledStep(config, gan, recorded, loaded);
      step.writeState();
      step.rehearse();
      times.push(performance.now());
      const [record, write, load, rehearse] = times.slice(1).map((time, i) => time - times[i]);
      const milliseconds = { record, write, load, rehearse };
      return {
        step,
        cost: { operations: recorded.nodes.length, bytes: file.length, milliseconds },
      };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }

  run(inputs: StepInputs, measure: boolean): Promise<StepScalars> {
    return Promise.resolve(this.make(inputs, measure));
  }

  private make(inputs: StepInputs, measure: boolean): StepScalars {
    const { nDis } = this.config;
    const { adamD, adamG, average } = this.gan;
    const { index, learningRate, latentsG } = inputs;
    this.ahead = true;
    for (let k = 0; k < nDis - 1; k++) {
      const given = this.discriminatorInputs(inputs, k, adamD.nextRates(learningRate));
      const scalars = this.call(calls.discriminator, given);
      if (!Number.isFinite(scalars['loss/d'])) return { ...scalars, 'loss/g': NaN };
    }
    const ratesG = adamG.nextRates(learningRate);
    const scalars = this.call(measure ? calls.measuredStep : calls.step, {
      ...this.discriminatorInputs(inputs, nDis - 1, adamD.nextRates(learningRate)),
      ...(sharesLatents(this.config) ? {} : { [stepInputs.latentsG]: this.latents(latentsG) }),
      [stepInputs.alphaG]: tf.scalar(ratesG.alpha),
      [stepInputs.epsilonG]: tf.scalar(ratesG.epsilon),
      ...(average ? { [stepInputs.averageDecay]: tf.scalar(average.decayAt(index)) } : {}),
    });
    if (!Number.isFinite(scalars['loss/d'])) scalars['loss/g'] = NaN;
    return scalars;
  }

  createSampler(latents: LatentSource): Sampler {
    const { generator, average } = this.gan;
    if (average) return new CompiledSampler(generator, this.signatures, latents);
    this.synchronise();
    return createSampler(this.gan, latents);
  }

  synchronise(): void {
    if (!this.ahead) return;
    const state = this.signatures[calls.read].predict({}) as NamedTensorMap;
    this.variables.forEach((variable, i) => {
      const value = state[`state${i}`];
      variable.assign(value);
      value.dispose();
    });
    this.ahead = false;
  }

  dispose(): void {
    for (const signature of Object.values(this.signatures)) signature.dispose();
  }

  /** Makes the native variables what those of TensorFlow.js are. */
  private writeState(): void {
    const given = Object.fromEntries(
      this.variables.map((variable, i) => [`state${i}`, variable as Tensor]),
    );
    tf.dispose(this.signatures[calls.write].predict(given));
  }

  /**
   * Makes one call and takes back what it did. TensorFlow looks for the implementation of every
   * operation at the first call, and what it lacks should be known before training begins.
   */
  private rehearse(): void {
    const { inputs } = this.recorded.signatures[calls.measuredStep];
    const zeros = Object.entries(inputs).map(([name, { shape }]) => [name, tf.zeros([...shape])]);
    this.call(calls.measuredStep, Object.fromEntries(zeros) as NamedTensorMap);
    this.writeState();
  }

  private discriminatorInputs(
    { real, latentsD }: StepInputs,
    k: number,
    { alpha, epsilon }: { alpha: number; epsilon: number },
  ): NamedTensorMap {
    const { batch, data } = this.config;
    return {
      [stepInputs.real]: tf.tensor4d(real[k], [batch.discriminator, data.size, data.size, 3]),
      [stepInputs.latentsD]: this.latents(latentsD[k]),
      [stepInputs.alphaD]: tf.scalar(alpha),
      [stepInputs.epsilonD]: tf.scalar(epsilon),
    };
  }

  private latents(values: Float32Array): Tensor {
    const { latentDim } = this.config.network;
    return tf.tensor2d(values, [values.length / latentDim, latentDim]);
  }

  /** Makes a call and frees what it was given. */
  private call(name: string, given: NamedTensorMap): StepScalars {
    const { [SCALARS]: packed } = this.signatures[name].predict(given) as NamedTensorMap;
    const values = packed.dataSync();
    tf.dispose([packed, ...Object.values(given)]);
    return Object.fromEntries(this.recorded.tags[name].map((tag, i) => [tag, values[i]]));
  }
}
