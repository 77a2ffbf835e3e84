import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { Batches } from '../data/batches';
import { loadImageSet } from '../data/load';
import { Gan } from '../gan/gan';
import { newestCheckpoint, removeLeftovers } from '../runs/checkpoints';
import { classifyRun } from '../runs/classify';
import type { Logger } from '../runs/log';
import { processStartTime } from '../runs/processIdentity';
import { readRunConfig } from '../runs/runConfig';
import { readRun, writeRun } from '../runs/runIdentity';
import { chooseRuntime } from '../runtime/choose';
import { loadRuntime } from '../runtime/load';
import type { TrainConfig } from '../shared/config';
import { runFile, type RunIdentity } from '../shared/runFolder';
import { messageOf, UserError } from '../shared/userError';
import { readCheckpoint, restoreCheckpoint, type Checkpoint } from './checkpoint';
import { ControlServer } from './controlServer';
import { PhaseClock } from './phaseClock';
import { Recorder } from './recorder';
import { Stepper } from './stepper';
import { StopRequest } from './stopRequest';
import { TrainingFailed } from './trainerExit';
import { TrainingLoop } from './trainingLoop';

const STOPPED_EARLY = 'Stopped before training began.';

/**
 * Trains the run of a folder from its newest checkpoint, or from the start. Whatever happens is
 * written into the folder: its state, and the reason when it fails.
 *
 * @throws what made the training fail, after run.json says so
 */
export async function train(folder: string, log: Logger): Promise<void> {
  const before = await readRun(folder);
  const status = await classifyRun(folder);
  // A folder that was just made counts as running, but has no trainer yet: this one.
  if (before.trainer && (status === 'running' || status === 'paused')) {
    throw new UserError(
      `${folder} is being trained already, by process ${before.trainer.pid}; stop that one first.`,
    );
  }
  const stop = new StopRequest(log);
  // Before run.json names this process: whoever reads it there may send a signal.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stop.make(`Signal ${signal}`));
  }
  keepLease(folder, log);
  const identity = await claim(folder, before);
  const { commands } = stop;
  try {
    await prepareAndRun(folder, identity, stop, log);
  } catch (thrown) {
    if (stop.isCauseOf(thrown)) {
      await writeRun(folder, { ...identity, state: 'stopped', reason: STOPPED_EARLY });
      for (let next = commands.take(); next; next = commands.take()) next.done(STOPPED_EARLY);
      log.info(STOPPED_EARLY);
      return;
    }
    log.error('Training failed.', thrown);
    const { control, ...rest } = await readRun(folder);
    await writeRun(folder, { ...rest, state: 'failed', reason: messageOf(thrown) });
    throw thrown;
  } finally {
    commands.refuseAll('Training has ended.');
  }
}

/** Touches the lease from a thread of its own for as long as this process lives. */
function keepLease(folder: string, log: Logger): void {
  const keeper = new Worker(path.join(__dirname, 'leaseKeeper.cjs'), { workerData: folder });
  keeper.on('error', (error) => log.error('The lease can no longer be renewed.', error));
  keeper.unref();
}

/** Writes into run.json which process trains from now on. */
async function claim(folder: string, before: RunIdentity): Promise<RunIdentity> {
  const { reason, control, ...kept } = before;
  const startTime = await processStartTime(process.pid);
  const identity: RunIdentity = {
    ...kept,
    state: 'starting',
    trainer: { pid: process.pid, startTime: startTime ?? 'unknown', host: os.hostname() },
  };
  await writeRun(folder, identity);
  return identity;
}

async function prepareAndRun(
  folder: string,
  identity: RunIdentity,
  stop: StopRequest,
  log: Logger,
): Promise<void> {
  const { commands } = stop;
  const config = await readRunConfig(folder);
  const removed = await removeLeftovers(folder);
  if (removed.length > 0) log.info('Removed what a killed trainer left behind.', { removed });
  // The images first: a set that cannot be used should be told of before anything slow happens.
  const { data } = config;
  const set = await loadImageSet(data.source, { ...data, signal: stop.signal });
  for (const { file, reason } of set.skipped) log.warn(`Skipped ${file}: ${reason}`);
  log.info(`${set.count} images.`, { source: data.source, size: data.size });

  const chosen = await stop.unlessMade(chooseRuntime(config.runtime));
  const { version, device } = await loadRuntime(chosen.name);
  const runtime = { name: chosen.name, version, device, reason: chosen.reason };
  log.info(`Runtime ${chosen.name}.`, { version, device, reason: chosen.reason });

  const checkpoint = await checkpointToResume(folder, config, log);
  const gan = new Gan(config);
  if (checkpoint) restoreCheckpoint(gan, checkpoint);
  const clock = new PhaseClock();
  const recorder = await Recorder.open(folder, identity, config, checkpoint?.step);
  const control = await ControlServer.listen({
    runId: identity.id,
    token: (await readFile(path.join(folder, runFile.controlKey), 'utf8')).trim(),
    onCommand: (command) => commands.push(command),
    onOwnerGone: () => stop.make('The owner has gone'),
    log,
  });
  try {
    const batches = new Batches(set, {
      batchSize: config.batch.discriminator,
      seed: config.seed,
      flip: data.flip,
      dequantise: data.dequantise,
    });
    const step = checkpoint?.step ?? 0;
    await recorder.update({
      state: 'running',
      runtime,
      control: control.address,
      progress: { step, total: config.steps, imagesPerSecond: 0 },
    });
    const stepper = new Stepper(config, gan, batches, clock);
    const hint: ControlServer['hint'] = (content, urgent) => control.hint(content, urgent);
    const parts = { config, gan, stepper, clock, recorder, commands, log, hint };
    const end = await runLoop(new TrainingLoop(parts, step, checkpoint !== undefined));
    log.info(`Training has ${end}.`);
  } finally {
    recorder.close();
    await control.close();
  }
}

/** Tells failures of a training that had begun from those before it. */
async function runLoop(loop: TrainingLoop): Promise<string> {
  try {
    return await loop.run();
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    throw new TrainingFailed(thrown.message, { cause: thrown });
  }
}

/** The newest sound checkpoint; newer unsound ones are told of. */
async function checkpointToResume(
  folder: string,
  config: TrainConfig,
  log: Logger,
): Promise<Checkpoint | undefined> {
  const { newest, unreadable } = await newestCheckpoint(folder);
  for (const { file, why } of unreadable) log.warn(`Passed over checkpoint ${file}: ${why}`);
  if (!newest) return undefined;
  const checkpoint = await readCheckpoint(newest.file);
  if (checkpoint.step > config.steps) {
    throw new UserError(
      `${newest.file} is from step ${checkpoint.step}, beyond the ${config.steps} steps of the config; set "steps" higher.`,
    );
  }
  log.info('Resuming.', { checkpoint: newest.file, step: checkpoint.step });
  return checkpoint;
}
