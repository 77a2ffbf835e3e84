import type { Command } from 'commander';
import { exitCode } from './exitCodes';
import { onInterrupts } from './interrupts';
import { note, printResult, wantsJson } from './output';
import { OwnedTrainer, type TrainerEnd } from './ownedTrainer';
import { trainingDisplay, type TrainingDisplay } from './trainingDisplay';
import { describeOutcome, exitCodeOf, readOutcome } from './trainingOutcome';

/**
 * Trains the run of a folder to its end, or until Ctrl-C: shows what the trainer does, and prints
 * what became of it. Sets the exit code of this process.
 */
export async function superviseTraining(folder: string, command: Command): Promise<void> {
  const start = performance.now();
  const display = trainingDisplay();
  const end = await trainToEnd(folder, display);

  const seconds = (performance.now() - start) / 1000;
  const outcome = await readOutcome(folder, end, seconds);
  const code = exitCodeOf(end);
  process.exitCode = code;
  if (code !== exitCode.ok && !wantsJson(command)) {
    note(`sn-gan: ${outcome.reason ?? 'The training failed.'}`);
  }
  const result = code === exitCode.ok ? outcome : { error: outcome.reason, ...outcome };
  printResult(command, result, () => describeOutcome(outcome));
}

async function trainToEnd(folder: string, display: TrainingDisplay): Promise<TrainerEnd> {
  const trainer = OwnedTrainer.start(folder);
  const release = onInterrupts({
    first: (signal) => {
      // A terminal that has gone shows nothing any more.
      if (signal !== 'SIGHUP') {
        display.say('Saving a checkpoint and stopping; Ctrl-C again exits at once without.');
      }
      trainer.stop();
    },
    again: () => {
      trainer.kill();
      display.close();
      process.exit(exitCode.interrupted);
    },
  });
  display.say('Loading the images and choosing a runtime …');
  try {
    const run = await trainer.begun(display.show);
    if (run?.runtime) display.say(`Training with ${run.runtime.reason}`);
    return await trainer.ended;
  } catch (thrown) {
    // Whatever went wrong here, nobody would look after the trainer any more.
    trainer.terminate();
    throw thrown;
  } finally {
    release();
    display.close();
  }
}
