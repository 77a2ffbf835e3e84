import path from 'node:path';
import { openLog } from '../runs/log';
import { runFile } from '../shared/runFolder';
import { UserError } from '../shared/userError';
import { steadyLog } from './steadyLog';
import { train } from './train';
import { trainerExit, TrainingFailed } from './trainerExit';

/** The trainer process: `node trainer.cjs RUN_FOLDER [OWNER_PID]`; ends with a code of {@link trainerExit}. */
async function main(): Promise<void> {
  const [, , folder, owner] = process.argv;
  if (!folder) throw new UserError('The trainer needs a run folder; start it with "sn-gan train".');
  const log = steadyLog(openLog(path.join(folder, runFile.log)));
  log.info('Trainer started.', { node: process.version });
  await train(path.resolve(folder), log, owner ? Number(owner) : undefined);
  log.close();
}

// Whoever started this process may have gone: then nobody reads what it prints, and all is well.
process.stderr.on('error', () => undefined);

main().then(
  // The lease thread and the runtime may hold the process open; its work is done.
  () => process.exit(trainerExit.ok),
  (thrown: unknown) => {
    const expected = thrown instanceof UserError;
    process.stderr.write(`${expected ? thrown.message : String((thrown as Error).stack)}\n`);
    if (thrown instanceof TrainingFailed) process.exit(trainerExit.failed);
    process.exit(expected ? trainerExit.unusable : trainerExit.defect);
  },
);
