import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { MAX_LINE_BYTES } from '../../../src/runs/lines';
import { ScalarWriter, readScalars } from '../../../src/runs/scalars';

const root = mkdtempSync(path.join(tmpdir(), 'sn-gan-scalars-'));
afterAll(() => rmSync(root, { recursive: true }));
let file: string;
beforeEach(() => {
  file = path.join(mkdtempSync(path.join(root, 'case-')), 'scalars.jsonl');
});

const record = (step: number): { step: number; time: number; 'loss/d': number } => ({
  step,
  time: 1.7e9 + step / 8,
  'loss/d': step / 8,
});
const line = (step: number): string => `${JSON.stringify(record(step))}\n`;
const steps = async (): Promise<number[]> =>
  (await readScalars(file)).records.map(({ step }) => step);

describe('ScalarWriter', () => {
  it('puts each record into the file before append returns', async () => {
    const writer = await ScalarWriter.open(file);
    for (const step of [10, 20]) {
      writer.append(record(step));
      expect(readFileSync(file, 'utf8').endsWith(line(step))).toBe(true);
    }
    writer.close();
    expect(await readScalars(file)).toEqual({
      records: [record(10), record(20)],
      torn: false,
      damaged: [],
    });
  });

  it('continues an existing file', async () => {
    writeFileSync(file, line(1));
    const writer = await ScalarWriter.open(file);
    writer.append(record(2));
    writer.close();
    expect(await steps()).toEqual([1, 2]);
  });

  it('removes a torn last line, whatever its length, before it continues', async () => {
    const torn = line(2);
    for (let length = 1; length < torn.length; length++) {
      writeFileSync(file, line(1) + torn.slice(0, length));
      const writer = await ScalarWriter.open(file);
      writer.append(record(2));
      writer.close();
      expect(readFileSync(file, 'utf8')).toBe(line(1) + line(2));
    }
  });

  it('drops what comes after the checkpoint, so that resuming leaves no gap and no duplicate', async () => {
    writeFileSync(file, [1, 2, 3, 4, 5].map(line).join('') + '{"step":6,"ti');
    const writer = await ScalarWriter.open(file, { dropAfterStep: 3 });
    for (const step of [4, 5, 6]) writer.append(record(step));
    writer.close();
    expect(readFileSync(file, 'utf8')).toBe([1, 2, 3, 4, 5, 6].map(line).join(''));
  });

  it('drops everything for a run that starts over', async () => {
    writeFileSync(file, [1, 2].map(line).join(''));
    (await ScalarWriter.open(file, { dropAfterStep: 0 })).close();
    expect(readFileSync(file, 'utf8')).toBe('');
  });

  it('does not rewrite a file that is as it should be', async () => {
    writeFileSync(file, [1, 2].map(line).join(''));
    const before = statSync(file).ino;
    (await ScalarWriter.open(file, { dropAfterStep: 2 })).close();
    expect(statSync(file).ino).toBe(before);
  });

  it('keeps a damaged line before the checkpoint and drops one after it', async () => {
    writeFileSync(file, `${line(1)}###\n${line(2)}${line(3)}###\n`);
    (await ScalarWriter.open(file, { dropAfterStep: 2 })).close();
    expect(readFileSync(file, 'utf8')).toBe(`${line(1)}###\n${line(2)}`);
  });

  it('refuses values that JSON cannot hold, names the tag and writes nothing', async () => {
    const writer = await ScalarWriter.open(file);
    for (const value of [NaN, Infinity, -Infinity]) {
      expect(() => writer.append({ step: 7, time: 1, 'sigma/conv1': value })).toThrow(
        /sigma\/conv1 of step 7/,
      );
    }
    writer.close();
    expect(readFileSync(file, 'utf8')).toBe('');
  });
});

describe('readScalars', () => {
  it('reports a torn last line and names damaged ones by their number', async () => {
    const damaged = [
      '',
      'null',
      '[1]',
      '{"step":1}',
      '{"step":-1,"time":1}',
      '{"step":1,"time":"x"}',
    ];
    writeFileSync(file, `${line(1)}${damaged.join('\n')}\n${line(2)}{"step":3`);
    expect(await readScalars(file)).toEqual({
      records: [record(1), record(2)],
      torn: true,
      damaged: [2, 3, 4, 5, 6, 7],
    });
  });

  it('takes a last line without its newline as torn, because its writer may not be done', async () => {
    writeFileSync(file, line(1) + line(2).trimEnd());
    expect(await readScalars(file)).toMatchObject({ records: [record(1)], torn: true });
  });

  it('reads lines that lie across the blocks it reads by', async () => {
    const many = Array.from({ length: 12_000 }, (_, i) => i + 1);
    writeFileSync(file, many.map(line).join(''));
    // More than two blocks of 256 KiB, or the test would test nothing.
    expect(statSync(file).size).toBeGreaterThan(600_000);
    expect(await steps()).toEqual(many);
  });

  it('does not hold a line without end in memory', async () => {
    writeFileSync(file, line(1));
    const filler = Buffer.alloc(MAX_LINE_BYTES, '0');
    for (let i = 0; i < 64; i++) appendFileSync(file, filler);
    appendFileSync(file, `\n${line(2)}`);
    const before = process.memoryUsage().arrayBuffers;
    expect(await readScalars(file)).toEqual({
      records: [record(1), record(2)],
      torn: false,
      damaged: [2],
    });
    // The line has 64 MiB; one limit's worth, blocks and garbage not yet collected stay below 16.
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * MAX_LINE_BYTES);
  });

  it('says which file is missing', async () => {
    await expect(readScalars(file)).rejects.toThrow(/scalars\.jsonl: it does not exist/);
  });
});
