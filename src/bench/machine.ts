import os from 'node:os';
import { z } from 'zod';
import { processorName } from '../runtime/processor';

/** Where the numbers were taken. */
export const machineSchema = z.object({
  platform: z.string(),
  processor: z.string(),
  memoryBytes: z.number(),
  node: z.string(),
  /** Programs that wanted to compute in the minute before, on average; 0 where it is not told. */
  load: z.number(),
});
export type Machine = z.infer<typeof machineSchema>;

/** The machine that this process runs on, and how busy it is now. */
export function thisMachine(): Machine {
  return {
    platform: `${os.platform()} ${os.arch()} ${os.release()}`,
    processor: processorName(),
    memoryBytes: os.totalmem(),
    node: process.versions.node,
    load: os.loadavg()[0],
  };
}

/** Whether other programs take so much of the machine that times tell of them, too. */
export function isBusy({ load }: Machine): boolean {
  return load > os.availableParallelism() / 4;
}
