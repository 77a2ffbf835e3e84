import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { exportInThread } from '../../../src/extension/reader/exportThread';
import { appendRows, RunFixture } from './runFixture';

const script = path.resolve(import.meta.dirname, '../../../dist/runReader.cjs');
const runs = new RunFixture();
afterAll(() => runs.remove());

describe('exportInThread', () => {
  it('makes the file and says how far it is', async () => {
    const { folder } = await runs.make();
    appendRows(folder, 1, 3000);
    const target = path.join(runs.root, 'out.csv');
    const shares: number[] = [];
    const request = { kind: 'scalars', folder, format: 'csv', target } as const;
    const { signal } = new AbortController();
    const exported = await exportInThread(script, request, {
      signal,
      progress: (share) => void shares.push(share),
    });
    expect(exported).toEqual({ leftOut: [] });
    expect(readFileSync(target, 'utf8').split('\n').length).toBe(3002);
    expect(shares.length).toBeGreaterThan(3);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const { folder } = await runs.make();
    appendRows(folder, 1, 20_000);
    const target = path.join(runs.root, 'cancelled.json');
    const controller = new AbortController();
    const request = { kind: 'scalars', folder, format: 'json', target } as const;
    await expect(
      exportInThread(script, request, {
        signal: controller.signal,
        progress: () => controller.abort(),
      }),
    ).rejects.toThrow(/abort/);
    expect(readdirSync(runs.root).filter((name) => name.includes('cancelled'))).toEqual([]);
  });

  it('says what is missing', async () => {
    const { folder } = await runs.make();
    const { signal } = new AbortController();
    const target = path.join(runs.root, 'out.gif');
    const request = { kind: 'animation', folder, format: 'gif', target } as const;
    await expect(
      exportInThread(script, request, { signal, progress: () => undefined }),
    ).rejects.toThrow(`${folder} has no sample grids`);
  });
});
