import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';
import { runFile, stepOfName } from '../../../shared/runFolder';
import { mapBounded } from '../../runs/bounded';

/** What a run folder holds, as far as it can be read. */
export interface RunMeasure {
  readonly bytes: number;
  readonly checkpoints: number;
  readonly samples: number;
}

const READS_AT_ONCE = 32;

/** Measures a run folder. Links are counted as links: what they lead to is not deleted. */
export async function measureRun(folder: string): Promise<RunMeasure> {
  const names = await namesBelow(folder);
  const sizes = await mapBounded(names, READS_AT_ONCE, (name) => sizeOf(path.join(folder, name)));
  const steps = (part: string): number =>
    names.filter(
      (name) => path.dirname(name) === part && stepOfName(path.basename(name)) !== undefined,
    ).length;
  return {
    bytes: sizes.reduce((total, size) => total + size, 0),
    checkpoints: steps(runFile.checkpoints),
    samples: steps(runFile.samples),
  };
}

async function namesBelow(folder: string): Promise<string[]> {
  try {
    return await readdir(folder, { recursive: true });
  } catch {
    return [];
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    const found = await lstat(file);
    return found.isFile() ? found.size : 0;
  } catch {
    return 0;
  }
}
