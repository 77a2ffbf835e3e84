import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { inspectionThreads } from '../../../../src/extension/checkpoint/threads';
import type { InspectorJob } from '../../../../src/inspection/protocol';

const folder = mkdtempSync(path.join(tmpdir(), 'sn-gan-threads-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const job: InspectorJob = {
  type: 'inspect',
  file: '/a',
  corrections: {},
  first: [],
  known: { a: { refused: 'It is too large.' } },
};

/** Runs a program as the thread, and notes what becomes of it. */
async function run(program: string): Promise<unknown[]> {
  writeFileSync(path.join(folder, 'inspector.cjs'), program);
  const noted: unknown[] = [];
  await new Promise<void>((resolve) => {
    inspectionThreads(folder).inspect(job, {
      heard: (message) => noted.push(message),
      ended: (crash) => {
        noted.push(['ended', crash]);
        resolve();
      },
    });
  });
  return noted;
}

const ports = `const { parentPort, workerData } = require('node:worker_threads');`;

describe('a thread', () => {
  it('gets its job, and everything that it says comes before its end', async () => {
    const noted = await run(`${ports} parentPort.postMessage(workerData); process.exit(0)`);
    expect(noted).toEqual([job, ['ended', undefined]]);
  });

  it.each([
    ['an error', `throw new TypeError('x is not a function')`, 'x is not a function'],
    ['a code', 'process.exit(3)', 'exit code 3'],
  ])('that ends with %s says so', async (_, program, crash) => {
    expect(await run(program)).toEqual([['ended', crash]]);
  });

  it('that is missing says so', async () => {
    const noted: unknown[] = [];
    await new Promise<void>((resolve) => {
      inspectionThreads(path.join(folder, 'none')).inspect(job, {
        heard: (message) => noted.push(message),
        ended: (crash) => {
          noted.push(crash);
          resolve();
        },
      });
    });
    expect(noted.join()).toMatch('Cannot find module');
  });

  it('says nothing any more once it was terminated', async () => {
    writeFileSync(
      path.join(folder, 'inspector.cjs'),
      `${ports} setInterval(() => parentPort.postMessage(1), 1)`,
    );
    const noted: unknown[] = [];
    await new Promise<void>((resolve) => {
      const thread = inspectionThreads(folder).inspect(job, {
        heard: (message) => {
          noted.push(message);
          thread.terminate();
          setTimeout(resolve, 100);
        },
        ended: (crash) => noted.push(['ended', crash]),
      });
    });
    expect(noted).toEqual([1]);
  });
});
