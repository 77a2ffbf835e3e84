import os from 'node:os';

/** The processor as a person knows it, such as `AMD EPYC 9R14, 2 cores`. */
export function processorName(): string {
  const model = os.cpus()[0]?.model.trim();
  const cores = os.availableParallelism();
  return `${model || os.arch()}, ${cores} ${cores === 1 ? 'core' : 'cores'}`;
}
