import { execFile } from 'node:child_process';
import { appendFile, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bundleFolder } from '../../../src/runtime/bundleFolder';
import { threadFiles } from '../../../src/runtime/wasm/threadedBinary';
import { testNodes } from './nodes';
import type { Computed } from './wasmOnThreads';

const ONE_THREAD_BINARY = 'tfjs-backend-wasm-simd.wasm';

/** A folder of bundles in which parts may be broken, so that nobody else trips over them. */
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'sn-gan-threads-'));
  await build({
    entryPoints: [path.join(import.meta.dirname, 'wasmOnThreads.ts')],
    outfile: path.join(folder, 'wasmOnThreads.cjs'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  // By this file a bundle knows that it lies among the others.
  await writeFile(path.join(folder, 'probe.cjs'), '');
});
beforeEach(async () => {
  for (const file of [ONE_THREAD_BINARY, ...Object.values(threadFiles)])
    await copyFile(path.join(bundleFolder, file), path.join(folder, file));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A process takes less than a second; one that never ends is what some of the tests look for. */
const HANGS = { timeout: 60_000, killSignal: 'SIGKILL' } as const;

/** Waits for the end of the process, which comes by itself. */
async function compute(threads: number, node = process.execPath): Promise<Computed> {
  const program = path.join(folder, 'wasmOnThreads.cjs');
  const { stdout } = await promisify(execFile)(node, [program, String(threads)], HANGS);
  return JSON.parse(stdout) as Computed;
}

describe('the wasm runtime on threads', () => {
  let alone: Computed;
  beforeAll(async () => {
    await copyFile(
      path.join(bundleFolder, ONE_THREAD_BINARY),
      path.join(folder, ONE_THREAD_BINARY),
    );
    alone = await compute(1);
  });

  test.each(testNodes)('computes the same bits on two, and ends, under %s', async (node) => {
    expect(await compute(2, node)).toEqual({ threads: { count: 2 }, values: alone.values });
  });

  test('computes the same bits on eight, the most it takes', async () => {
    expect(await compute(8)).toEqual({ threads: { count: 8 }, values: alone.values });
  });

  test('computes on one where no other can be started, and says why', async () => {
    await writeFile(path.join(folder, threadFiles.program), 'throw new Error("no room");');
    expect(await compute(2)).toEqual({
      threads: { count: 1, remark: 'no others could be started: no room' },
      values: alone.values,
    });
  });

  test('computes on one where the binary is damaged, and says why', async () => {
    await writeFile(path.join(folder, threadFiles.binary), 'not WebAssembly');
    const { threads, values } = await compute(2);
    expect(threads).toMatchObject({ count: 1, remark: expect.stringContaining('magic') as string });
    expect(values).toBe(alone.values);
  });

  test('is refused where a file is missing', async () => {
    await rm(path.join(folder, threadFiles.program));
    await expect(compute(2)).rejects.toThrow(
      /wasmThread\.cjs is missing in .*install sn-gan again/,
    );
  });

  test('ends with an error when a thread fails, instead of waiting for it', async () => {
    await appendFile(path.join(folder, threadFiles.binding), BROKEN_ENTRY);
    const failed = await compute(2).catch((error: unknown) => error);
    expect(failed).toMatchObject({
      stderr: expect.stringContaining('thread of the wasm runtime failed: it broke') as string,
    });
  });
});

/** In a thread, where the file is read for its global, the work that it is given throws. */
const BROKEN_ENTRY = `
{
  const instantiate = WasmBackendModuleThreadedSimd;
  WasmBackendModuleThreadedSimd = (settings) => {
    const ready = instantiate(settings);
    settings.invokeEntryPoint = () => { throw new Error('it broke'); };
    return ready;
  };
}
`;
