import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Name and memory of the first NVIDIA card, asked of the driver's own tool because TensorFlow's
 * addon tells neither; undefined where that tool is missing or fails.
 */
export async function nvidiaGpu(): Promise<{ name: string; memoryBytes: number } | undefined> {
  const query = ['--query-gpu=name,memory.total', '--format=csv,noheader,nounits'];
  try {
    const { stdout } = await promisify(execFile)('nvidia-smi', query, { timeout: 10_000 });
    const match = /^(.+), (\d+)$/m.exec(stdout);
    return match ? { name: match[1], memoryBytes: Number(match[2]) * 2 ** 20 } : undefined;
  } catch {
    // Only the name is lost; the runtime itself does not depend on this tool.
    return undefined;
  }
}
