import path from 'node:path';
import { openLog } from '../runs/log';
import { runFile } from '../shared/runFolder';
import { UserError } from '../shared/userError';
import { train } from './train';
import { trainerExit, TrainingFailed } from './trainerExit';

/** The trainer process: `node trainer.cjs RUN_FOLDER`; ends with a code of {@link trainerExit}. */
async function main(): Promise<void> {
  const folder = process.argv[2];
  if (!folder) throw new UserError('The trainer needs a run folder; start it with "sn-gan train".');
  const log = openLog(path.join(folder, runFile.log));
  log.info('Trainer started.', { node: process.version });
  await train(path.resolve(folder), log);
  log.close();
}

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
