import { memoryUsage } from 'node:process';
import * as tf from '@tensorflow/tfjs-core';
import type { Gan } from '../gan/gan';
import { drawLatents } from '../gan/latents';
import { drawImages, type Sampler } from '../gan/sample';
import type { StepScalars, TrainingStep } from '../gan/trainingStep';
import { sampleFile } from '../runs/checkpoints';
import type { Logger } from '../runs/log';
import type { TrainConfig } from '../shared/config';
import type { Hint } from '../shared/control';
import { randomPurpose } from '../shared/random';
import type { RunIdentity, RunState } from '../shared/runFolder';
import { CheckpointSaver } from './checkpointSaver';
import { CheckpointSnapshot } from './checkpointSnapshot';
import type { CommandQueue, QueuedCommand } from './commandQueue';
import { exactQuantities } from './exactQuantities';
import { assertFiniteScalars, holdsNonFinite, NonFiniteError } from './finite';
import { findNonFinite } from './nonFinite';
import type { PhaseClock } from './phaseClock';
import type { Recorder } from './recorder';
import type { Stepper } from './stepper';
import type { RunWriter } from './writer/runWriter';

export interface TrainingParts {
  readonly config: TrainConfig;
  readonly gan: Gan;
  readonly stepper: Stepper;
  /** What `stepper` makes its steps with; the players' variables are up to date on request. */
  readonly trainingStep: TrainingStep;
  readonly clock: PhaseClock;
  readonly recorder: Recorder;
  readonly writer: RunWriter;
  readonly commands: CommandQueue;
  readonly log: Logger;
  readonly hint: (hint: Omit<Hint, 'type'>, urgent: boolean) => void;
}

/** The loop of steps: logs, grids and checkpoints at their intervals, commands between steps. */
export class TrainingLoop {
  private readonly total: number;
  private stopping: QueuedCommand | undefined;
  private readonly saver: CheckpointSaver;
  private sampledAt: number | undefined;
  /** What the grid of the present step was drawn with, for a checkpoint of the same step. */
  private sampler: Sampler | undefined;
  private speed = 0;
  /** What run.json tells of the last logged step beside its number. */
  private logged: Partial<RunIdentity['progress']> = {};
  private losses: { d: number | null; g: number | null } = { d: null, g: null };

  /** @param step steps that are done already */
  constructor(
    private readonly parts: TrainingParts,
    private step: number,
    private readonly resumed: boolean,
  ) {
    const { config, recorder, writer, log } = parts;
    this.total = config.steps;
    this.saver = new CheckpointSaver(
      {
        folder: recorder.folder,
        retention: config.checkpoints,
        writer,
        earlier: () => recorder.flush(),
        onSaved: (saved) => log.info('Checkpoint saved.', { step: saved }),
      },
      resumed ? step : undefined,
    );
  }

  /**
   * Trains to the last step or until it is told to stop; both end with a checkpoint.
   *
   * @throws NonFiniteError when training diverges, UserError when the disk refuses
   */
  async run(): Promise<'finished' | 'stopped'> {
    try {
      return await this.train();
    } catch (thrown) {
      // What was sound when it was taken is worth keeping, whatever happened since.
      await this.saver.complete().catch((second: unknown) => {
        this.parts.log.error('The checkpoint before could not be saved.', second);
      });
      throw thrown;
    }
  }

  private async train(): Promise<'finished' | 'stopped'> {
    const { config, clock, stepper } = this.parts;
    if (!this.resumed && config.samples.every > 0) await this.sample();
    clock.restart();
    while (this.step < this.total) {
      await this.attend();
      if (this.stopping) return this.stop(this.stopping);
      this.releaseSampler();
      const next = this.step + 1;
      const last = next === this.total;
      const sampled = due(next, config.samples.every) || (last && config.samples.every > 0);
      const logged = next === 1 || last || sampled || due(next, config.log.every);
      const exact = sampled || due(next, this.parts.recorder.exactEvery);
      const scalars = await stepper.step(this.step, logged || exact);
      this.step = next;
      this.losses = { d: scalars['loss/d'], g: scalars['loss/g'] };
      if (logged) await this.record(scalars, exact);
      else if (exact) await this.recordExact(scalars);
      if (due(next, config.samples.every)) await this.sample();
      if (due(next, config.checkpoints.every)) await this.beginCheckpoint({ required: true });
      if (this.saver.busy) await clock.time('checkpoint', () => this.saver.advance());
      this.hint(false);
      // Lets the control socket be served.
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (config.samples.every > 0) await this.sample();
    await this.checkpoint();
    await this.setState('finished');
    return 'finished';
  }

  /** Carries out what was commanded; while paused, waits for more without using the processor. */
  private async attend(): Promise<void> {
    const { commands, recorder } = this.parts;
    for (;;) {
      for (let next = commands.take(); next; next = commands.take()) {
        if (next.command === 'stop') {
          this.stopping = next;
          return;
        }
        await this.carryOut(next);
      }
      if (recorder.state !== 'paused') return;
      await this.saver.complete();
      await commands.waiting();
    }
  }

  private async carryOut({ command, value, done, failed }: QueuedCommand): Promise<void> {
    const refuse = (thrown: unknown): void => {
      // The client learns of it; a disk that is full for a picture need not end the training.
      failed(thrown);
      this.parts.log.error(`Command ${command} failed.`, thrown);
    };
    try {
      switch (command) {
        case 'pause':
        case 'resume':
          done(await this.setPaused(command === 'pause'));
          return;
        case 'checkpoint': {
          const { saved } = await this.beginCheckpoint({ required: false });
          saved.then(done, refuse);
          return;
        }
        case 'sample':
          done(await this.sample());
          return;
        case 'exactEvery':
          done(await this.setExactEvery(value ?? 0));
          return;
        case 'stop':
          throw new Error('The loop ends before it carries out a stop.');
      }
    } catch (thrown) {
      refuse(thrown);
    }
  }

  private async setPaused(paused: boolean): Promise<string> {
    const { recorder, clock, log } = this.parts;
    const state = paused ? 'paused' : 'running';
    if (recorder.state !== state) {
      await this.setState(state);
      log.info(paused ? 'Paused.' : 'Resumed.', { step: this.step });
      clock.restart();
    }
    return `${state} at step ${this.step}`;
  }

  private async setExactEvery(exactEvery: number): Promise<string> {
    const { recorder, log } = this.parts;
    await recorder.update({ exactEvery });
    const when = exactEvery === 0 ? 'at every grid' : `every ${exactEvery} steps`;
    log.info(`Exact values ${when}.`, { step: this.step });
    this.hint(true);
    return `exact values ${when}`;
  }

  private async stop(command: QueuedCommand): Promise<'stopped'> {
    try {
      const file = await this.checkpoint();
      await this.setState('stopped', `Stopped at step ${this.step} on request.`);
      command.done(file);
      return 'stopped';
    } catch (thrown) {
      command.failed(thrown);
      throw thrown;
    }
  }

  /** Logs the present step, with exact values where that is wanted. */
  private async record(scalars: StepScalars, exact: boolean): Promise<void> {
    const { clock, config, recorder } = this.parts;
    const exactly = exact ? await clock.time('exact', () => this.exactQuantities(scalars)) : {};
    const { byPhase, perStep } = clock.lap();
    this.speed = (1000 * config.nDis * config.batch.discriminator) / perStep;
    const values: StepScalars = { ...scalars, ...exactly, 'ms/step': perStep };
    for (const [phase, milliseconds] of Object.entries(byPhase)) {
      values[`ms/${phase}`] = milliseconds;
    }
    const { numTensors, numBytes } = tf.memory();
    Object.assign(values, {
      imagesPerSecond: this.speed,
      'memory/rss': memoryUsage.rss(),
      'memory/tensors': numTensors,
      'memory/tensorBytes': numBytes,
    });
    assertFiniteScalars(values, this.step);
    this.logged = {
      stepsPerSecond: 1000 / perStep,
      lossD: scalars['loss/d'],
      lossG: scalars['loss/g'],
    };
    await clock.time('log', async () => {
      recorder.log(this.step, values);
      await recorder.progress(this.progress);
    });
  }

  /**
   * Logs exact values at a step between two that are logged: with what is known anyway and nothing
   * more, and without times, which stay averages from one logged step to the next.
   */
  private async recordExact(scalars: StepScalars): Promise<void> {
    const { clock, recorder } = this.parts;
    await clock.time('exact', async () => {
      const values: StepScalars = { ...scalars, ...(await this.exactQuantities(scalars)) };
      assertFiniteScalars(values, this.step);
      recorder.log(this.step, values);
    });
  }

  private exactQuantities(scalars: StepScalars): Promise<StepScalars> {
    const { gan, trainingStep } = this.parts;
    trainingStep.synchronise();
    return exactQuantities(gan.discriminator, scalars);
  }

  /** Changes the run's state where everybody sees it: in run.json, with a hint that it did. */
  private async setState(state: RunState, reason?: string): Promise<void> {
    await this.parts.recorder.setState(state, this.progress, reason);
    this.hint(true);
  }

  private get progress(): RunIdentity['progress'] {
    const { step, total, speed: imagesPerSecond, logged } = this;
    return { step, total, imagesPerSecond, ...logged };
  }

  /** Draws the grid of the present step, unless it was drawn already. Returns its path. */
  private async sample(): Promise<string> {
    const { clock, config, recorder, trainingStep } = this.parts;
    const { network, seed, data, samples } = config;
    if (this.sampledAt === this.step) return sampleFile(recorder.folder, this.step);
    return clock.time('sample', async () => {
      const purpose = randomPurpose.sampleLatent;
      const latents = drawLatents({ ...network, count: samples.count, seed, purpose, index: 0 });
      const imageLength = data.size * data.size * 3;
      const pixels = new Float32Array(samples.count * imageLength);
      this.releaseSampler();
      this.sampler = trainingStep.createSampler({ ...network, seed });
      for await (const drawn of drawImages(this.sampler, latents, network.latentDim)) {
        pixels.set(drawn.data, drawn.first * imageLength);
      }
      if (holdsNonFinite(pixels)) throw await this.spoiltGrid(latents);
      const { size } = data;
      const batch = { data: pixels, count: samples.count, height: size, width: size };
      const file = await recorder.sample(this.step, batch);
      this.sampledAt = this.step;
      return file;
    });
  }

  private async spoiltGrid(latents: Float32Array): Promise<NonFiniteError> {
    const { config, gan, trainingStep } = this.parts;
    const { latentDim } = config.network;
    trainingStep.synchronise();
    const z = tf.tensor2d(latents, [latents.length / latentDim, latentDim]);
    const cause = await findNonFinite(gan, { symptom: 'the sample grid', z });
    z.dispose();
    return new NonFiniteError(this.step, cause);
  }

  /** Saves the present step, unless it was saved already. Returns the checkpoint's path. */
  private async checkpoint(): Promise<string> {
    const { saved } = await this.beginCheckpoint({ required: true });
    await this.parts.clock.time('checkpoint', () => this.saver.complete());
    return saved;
  }

  /** Begins to save the present step; see {@link CheckpointSaver.begin}. */
  private beginCheckpoint(options: {
    readonly required: boolean;
  }): Promise<{ readonly saved: Promise<string> }> {
    const { clock, config, gan, trainingStep } = this.parts;
    return clock.time('checkpoint', () => {
      const take = (): CheckpointSnapshot => {
        trainingStep.synchronise();
        return new CheckpointSnapshot(gan, config, this.step, this.sampler);
      };
      return this.saver.begin(this.step, take, options);
    });
  }

  private releaseSampler(): void {
    this.sampler?.dispose();
    this.sampler = undefined;
  }

  private hint(urgent: boolean): void {
    const { step, total, losses, speed } = this;
    this.parts.hint(
      {
        state: this.parts.recorder.state,
        step,
        total,
        imagesPerSecond: speed,
        stepsPerSecond: this.logged.stepsPerSecond,
        lossD: losses.d,
        lossG: losses.g,
      },
      urgent,
    );
  }
}

function due(step: number, every: number): boolean {
  return every > 0 && step % every === 0;
}
