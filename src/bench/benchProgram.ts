import path from 'node:path';
import { bundleFolder } from '../runtime/bundleFolder';
import type { LineProcessOptions } from './lineProcess';

/** How the program of `main.ts` is started: for a job, which it is given as JSON. */
export function benchProgram(
  job: 'step' | 'folder',
  settings: object,
  signal: AbortSignal | undefined,
): LineProcessOptions {
  const program = path.join(bundleFolder, 'bench.cjs');
  return { program: process.execPath, args: [program, job, JSON.stringify(settings)], signal };
}
