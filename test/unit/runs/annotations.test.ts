import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAnnotations, writeAnnotations } from '../../../src/runs/annotations';
import { removeLeftovers } from '../../../src/runs/checkpoints';
import { runFile } from '../../../src/shared/runFolder';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'sn-gan-annotations-'));
  file = path.join(folder, runFile.annotations);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('annotations', () => {
  it('are nothing where a person added nothing', async () => {
    expect(await readAnnotations(folder)).toEqual({ format: 1 });
  });

  it('come back as they were written', async () => {
    const annotations = { format: 1, name: 'Größe 32', starred: true, note: 'a\n"b"' } as const;
    await writeAnnotations(folder, annotations);
    expect(await readAnnotations(folder)).toEqual(annotations);
    await writeAnnotations(folder, { format: 1 });
    expect(await readAnnotations(folder)).toEqual({ format: 1 });
    expect(readdirSync(folder)).toEqual([runFile.annotations]);
  });

  it('of many that write at once are those of one, whole', async () => {
    const notes = Array.from({ length: 20 }, (_, i) => String(i).repeat(5_000));
    await Promise.all(notes.map((note) => writeAnnotations(folder, { format: 1, note })));
    expect(notes).toContain((await readAnnotations(folder)).note);
  });

  it.each([
    '',
    '{',
    'null',
    '{"format":2}',
    '{"format":1,"starred":"yes"}',
    '{"format":1,"name":""}',
  ])('that are damaged (%s) are told of', async (text) => {
    writeFileSync(file, text);
    await expect(readAnnotations(folder)).rejects.toThrow(/annotations\.json is damaged: .*remove/);
  });

  it('that are too long are refused, and the file stays as it was', async () => {
    await writeAnnotations(folder, { format: 1, note: 'first' });
    const before = readFileSync(file, 'utf8');
    const name = 'x'.repeat(121);
    await expect(writeAnnotations(folder, { format: 1, name })).rejects.toThrow(/1 to 120/);
    const note = 'x'.repeat(10_001);
    await expect(writeAnnotations(folder, { format: 1, note })).rejects.toThrow(/at most 10,000/);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('that an editor is writing are not swept away by a trainer that resumes', async () => {
    const writing = path.join(folder, `.${runFile.annotations}.0123456789ab-0.tmp`);
    const dead = path.join(folder, `.${runFile.identity}.0123456789ab-0.tmp`);
    writeFileSync(writing, '');
    writeFileSync(dead, '');
    expect(await removeLeftovers(folder)).toEqual([dead]);
  });
});
