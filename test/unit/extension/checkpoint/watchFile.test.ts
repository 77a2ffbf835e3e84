import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { watchFile } from '../../../../src/extension/checkpoint/watchFile';

const folder = mkdtempSync(path.join(tmpdir(), 'sn-gan-watch-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('tells of files that are written, replaced, removed and come back, not of those that are read', async () => {
  const file = path.join(folder, 'a.npz');
  writeFileSync(file, 'one');
  const told: string[] = [];
  const watching = watchFile(file, (now) => told.push(now), 20);
  // It begins with what it first sees.
  await new Promise((resolve) => setTimeout(resolve, 100));
  readFileSync(file);
  writeFileSync(file, 'longer');
  await expect.poll(() => told).toEqual(['there']);
  writeFileSync(path.join(folder, 'new'), 'second');
  renameSync(path.join(folder, 'new'), file);
  await expect.poll(() => told).toEqual(['there', 'there']);
  rmSync(file);
  await expect.poll(() => told.at(-1)).toBe('gone');
  writeFileSync(file, 'back');
  await expect.poll(() => told.at(-1)).toBe('there');
  watching.dispose();
});
