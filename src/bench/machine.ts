import os from 'node:os';
import { z } from 'zod';
import { processorName } from '../runtime/processor';

/** Where the numbers were taken. */
export const machineSchema = z.object({
  platform: z.string(),
  processor: z.string(),
  memoryBytes: z.number(),
  node: z.string(),
});

/** The machine that this process runs on. */
export function thisMachine(): z.infer<typeof machineSchema> {
  return {
    platform: `${os.platform()} ${os.arch()} ${os.release()}`,
    processor: processorName(),
    memoryBytes: os.totalmem(),
    node: process.versions.node,
  };
}
