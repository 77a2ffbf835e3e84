import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { createTrainingStep } from '../compile/createTrainingStep';
import { loadImageSet } from '../data/load';
import { Gan } from '../gan/gan';
import { removeLeftovers } from '../runs/checkpoints';
import type { Logger } from '../runs/log';
import { readRunConfig } from '../runs/runConfig';
import { readRun, writeRun } from '../runs/runIdentity';
import { loadRuntime } from '../runtime/load';
import { runFile, type RunIdentity } from '../shared/runFolder';
import { messageOf, UserError } from '../shared/userError';
import { restoreCheckpoint } from './checkpoint';
import { claimRun } from './claim';
import type { CommandQueue } from './commandQueue';
import { ControlServer } from './controlServer';
import { openInputs } from './inputs/inputSource';
import { watchOwner } from './ownerWatch';
import { PhaseClock } from './phaseClock';
import { writeRealImages } from './realImages';
import { Recorder } from './recorder';
import { checkpointToResume } from './resumePoint';
import { runtimeOfRun } from './runtimeOfRun';
import { Stepper } from './stepper';
import { strayError } from './strayError';
import { StopRequest } from './stopRequest';
import { TrainingFailed } from './trainerExit';
import { TrainingLoop } from './trainingLoop';
import { worthThreads } from './worthThreads';
import { RunWriter } from './writer/runWriter';

const STOPPED_EARLY = 'Stopped before training began.';

/**
 * Trains the run of a folder from its newest checkpoint, or from the start. Whatever happens is
 * written into the folder: its state, and the reason when it fails.
 *
 * @param owner process with whose end the training stops; without one it goes on by itself
 * @throws what made the training fail, after run.json says so
 */
export async function train(folder: string, log: Logger, owner?: number): Promise<void> {
  const stop = new StopRequest(log);
  // Before run.json names this process: whoever reads it there may send a signal.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => stop.make(`Signal ${signal}`));
  }
  if (owner !== undefined) watchOwner(owner, () => stop.make('The owner has gone'));
  const identity = await claimRun(folder);
  keepLease(folder, log);
  const { commands } = stop;
  try {
    await Promise.race([prepareAndRun(folder, identity, stop, log), strayError()]);
  } catch (thrown) {
    if (stop.isCauseOf(thrown)) {
      await writeRun(folder, { ...identity, state: 'stopped', reason: STOPPED_EARLY });
      for (let next = commands.take(); next; next = commands.take()) next.done(STOPPED_EARLY);
      log.info(STOPPED_EARLY);
      return;
    }
    await recordFailure(folder, thrown, log);
    throw thrown;
  } finally {
    commands.close('Training has ended.');
  }
}

/** Touches the lease from a thread of its own for as long as this process lives. */
function keepLease(folder: string, log: Logger): void {
  const keeper = new Worker(path.join(__dirname, 'leaseKeeper.cjs'), { workerData: folder });
  keeper.on('error', (error) => log.error('The lease can no longer be renewed.', error));
  keeper.unref();
}

/**
 * Says in the log and in run.json why training failed. What made it fail, a full disk for one, may
 * forbid that too; the caller throws the first reason in any case.
 */
async function recordFailure(folder: string, thrown: unknown, log: Logger): Promise<void> {
  log.error('Training failed.', thrown);
  try {
    const { control, ...rest } = await readRun(folder);
    await writeRun(folder, { ...rest, state: 'failed', reason: messageOf(thrown) });
  } catch (second) {
    log.error('The failure could not be written into run.json.', second);
  }
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

  const chosen = await stop.unlessMade(runtimeOfRun(config));
  const { version, device } = await loadRuntime(
    chosen.name,
    worthThreads(config) ? {} : { threads: 1 },
  );
  const runtime = { name: chosen.name, version, device, reason: chosen.reason };
  log.info(`Runtime ${chosen.name}.`, { version, device, reason: chosen.reason });

  const reached = identity.progress.step;
  const checkpoint = await checkpointToResume(folder, config, reached, log);
  const gan = new Gan(config);
  if (checkpoint) restoreCheckpoint(gan, checkpoint);
  const clock = new PhaseClock();
  const writer = new RunWriter(folder);
  const inputs = openInputs(config, set);
  const recorder = await Recorder.open(folder, identity, writer, config, checkpoint?.step);
  await writeRealImages(folder, set, config, log);
  const control = await ControlServer.listen({
    folder,
    runId: identity.id,
    token: (await readFile(path.join(folder, runFile.controlKey), 'utf8')).trim(),
    onCommand: (command, value) => commands.push(command, value),
    onOwnerGone: () => stop.make('The owner has gone'),
    onAbandoned: (then) => {
      const cause = 'The window that controlled this run has gone';
      if (then === 'stop') stop.make(cause);
      else pause(commands, cause, log);
    },
    log,
  });
  try {
    const made = await createTrainingStep(config, gan, chosen.name);
    log.info(made.explanation);
    const step = checkpoint?.step ?? 0;
    await recorder.update({
      state: 'running',
      runtime: { ...runtime, reason: `${runtime.reason} ${made.explanation}` },
      control: control.address,
      exactEvery: recorder.exactEvery,
      progress: { step, total: config.steps, imagesPerSecond: 0 },
    });
    const stepper = new Stepper(config, gan, made.step, inputs, clock);
    const hint: ControlServer['hint'] = (content, urgent) => control.hint(content, urgent);
    const parts = {
      config,
      gan,
      trainingStep: made.step,
      stepper,
      clock,
      recorder,
      writer,
      commands,
      log,
      hint,
    };
    const end = await runLoop(new TrainingLoop(parts, step, checkpoint !== undefined));
    log.info(`Training has ${end}.`);
  } finally {
    commands.close('Training has ended.');
    await control.close();
    await recorder.close();
    await Promise.all([writer.close(), inputs.close()]);
  }
}

function pause(commands: CommandQueue, cause: string, log: Logger): void {
  log.info(`${cause}: pausing after this step.`);
  commands.push('pause').catch((thrown: unknown) => log.error('The pause failed.', thrown));
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
