import { stat } from 'node:fs/promises';
import path from 'node:path';
import { listCheckpoints, type StepFile } from '../../runs/checkpoints';
import { runFile } from '../../shared/runFolder';

/** The run of a checkpoint that lies where its trainer put it; undefined elsewhere. */
export async function ownRun(
  file: string,
): Promise<{ run: string; checkpoints: StepFile[] } | undefined> {
  const folder = path.dirname(file);
  if (path.basename(folder) !== runFile.checkpoints) return undefined;
  const run = path.dirname(folder);
  try {
    await stat(path.join(run, runFile.identity));
    return { run, checkpoints: await listCheckpoints(run) };
  } catch {
    // A copy of the checkpoints alone, or a folder that may not be read: no run to speak of.
    return undefined;
  }
}
