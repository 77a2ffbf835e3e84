import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { MAX_LINE_BYTES } from '../../../src/runs/lines';
import { ScalarColumns } from '../../../src/runs/scalarColumns';
import { MAX_ROWS, MAX_TAGS } from '../../../src/runs/scalarColumnsTable';
import { ScalarWriter } from '../../../src/runs/scalars';
import type { Rows } from '../../../src/shared/dashboard';

const root = mkdtempSync(path.join(tmpdir(), 'sn-gan-columns-'));
afterAll(() => rmSync(root, { recursive: true }));
let file: string;
beforeEach(() => {
  file = path.join(mkdtempSync(path.join(root, 'case-')), 'scalars.jsonl');
});

const line = (step: number, more: object = {}): string =>
  `${JSON.stringify({ step, time: 1.7e9 + step / 8, 'loss/d': step / 4, ...more })}\n`;
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, i) => line(from + i)).join('');

/** Everything that can be read now, chunk by chunk. */
async function readAll(columns: ScalarColumns, maxRows?: number): Promise<Rows[]> {
  const chunks: Rows[] = [];
  for (;;) {
    const chunk = await columns.read(maxRows);
    if (chunk === undefined) return chunks;
    chunks.push(chunk);
  }
}
const stepsOf = (chunks: readonly Rows[]): number[] => chunks.flatMap(({ steps }) => [...steps]);

describe('ScalarColumns', () => {
  it('gives the rows of a file as columns, with NaN where a row has no such value', async () => {
    writeFileSync(file, line(10) + line(20, { 'sigma/a': 1.5 }) + line(30));
    const [rows, ...more] = await readAll(new ScalarColumns(file));
    expect(more).toEqual([]);
    expect(rows).toEqual({
      from: 0,
      total: 3,
      steps: Float64Array.of(10, 20, 30),
      times: Float64Array.of(1.7e9 + 1.25, 1.7e9 + 2.5, 1.7e9 + 3.75),
      columns: {
        'loss/d': Float32Array.of(2.5, 5, 7.5),
        'sigma/a': Float32Array.of(NaN, 1.5, NaN),
      },
    });
  });

  it('gives all columns of a chunk in one buffer that can be transferred', async () => {
    writeFileSync(file, line(1, { b: 2 }));
    const [{ steps, times, columns }] = await readAll(new ScalarColumns(file));
    const buffers = [steps, times, ...Object.values(columns)].map(({ buffer }) => buffer);
    expect(new Set(buffers).size).toBe(1);
  });

  it('leaves a tag out of the chunks in which no row has it', async () => {
    writeFileSync(file, line(1, { rare: 7 }) + lines(2, 4));
    const chunks = await readAll(new ScalarColumns(file), 2);
    expect(chunks.map(({ columns }) => Object.keys(columns))).toEqual([
      ['loss/d', 'rare'],
      ['loss/d'],
    ]);
  });

  it('says in every chunk where it begins, and in the last one how many rows there are', async () => {
    writeFileSync(file, lines(1, 5));
    const chunks = await readAll(new ScalarColumns(file), 2);
    expect(chunks.map(({ from, steps }) => [from, steps.length])).toEqual([
      [0, 2],
      [2, 2],
      [4, 1],
    ]);
    expect(chunks.at(-1)?.total).toBe(5);
    for (const { total, from, steps } of chunks.slice(0, -1)) {
      expect(total).toBeGreaterThan(from + steps.length);
    }
  });

  it('corrects its estimate where the last lines are no rows', async () => {
    writeFileSync(file, lines(1, 2) + 'damaged\n'.repeat(20));
    const chunks = await readAll(new ScalarColumns(file), 2);
    expect(chunks.at(-1)).toMatchObject({ from: 2, total: 2, steps: new Float64Array() });
  });

  it('goes on where it stopped when the file has grown', async () => {
    writeFileSync(file, '');
    const columns = new ScalarColumns(file);
    expect(await columns.read()).toBeUndefined();
    for (let step = 1; step <= 50; step++) {
      appendFileSync(file, line(step));
      expect(await columns.read()).toMatchObject({
        from: step - 1,
        total: step,
        steps: Float64Array.of(step),
      });
      expect(await columns.read()).toBeUndefined();
    }
  });

  it('waits for a last line that is being written, wherever it is torn', async () => {
    const columns = new ScalarColumns(file);
    const last = line(2, { 'loss/ä': -1e-7 });
    writeFileSync(file, line(1));
    await readAll(columns);
    for (let length = 1; length < Buffer.byteLength(last); length++) {
      writeFileSync(file, Buffer.from(line(1) + last).subarray(0, line(1).length + length));
      expect(await columns.read()).toBeUndefined();
    }
    writeFileSync(file, line(1) + last);
    expect(stepsOf(await readAll(columns))).toEqual([2]);
    expect(columns.flaws).toEqual([]);
  });

  it('forgets the part of a line that its writer took back', async () => {
    const columns = new ScalarColumns(file);
    writeFileSync(file, lines(1, 2) + line(3).slice(0, -5));
    await readAll(columns);
    truncateSync(file, lines(1, 2).length);
    appendFileSync(file, line(3, { other: 1 }));
    expect(stepsOf(await readAll(columns))).toEqual([3]);
  });

  it('keeps steps as they stand in the file, repeated or descending', async () => {
    writeFileSync(file, [5, 5, 3, 9].map((step) => line(step)).join(''));
    expect(stepsOf(await readAll(new ScalarColumns(file)))).toEqual([5, 5, 3, 9]);
  });

  it('leaves damaged lines out and names them', async () => {
    const columns = new ScalarColumns(file);
    writeFileSync(file, line(1) + 'no json\n' + line(2));
    expect(stepsOf(await readAll(columns))).toEqual([1, 2]);
    expect(columns.flaws).toEqual(['Line 2 of scalars.jsonl is damaged and was left out.']);
    appendFileSync(file, '{"step":1.5,"time":3}\n' + line(3) + '{"step":4}\n');
    expect(stepsOf(await readAll(columns))).toEqual([3]);
    expect(columns.flaws).toEqual([
      'Lines 2, 4 and 6 of scalars.jsonl are damaged and were left out.',
    ]);
    appendFileSync(file, '\n'.repeat(10));
    await readAll(columns);
    expect(columns.flaws).toEqual([
      'Lines 2, 4, 6, 7, 8 and 8 more of scalars.jsonl are damaged and were left out.',
    ]);
  });

  it('begins anew when a trainer that resumes replaced the file by a shorter one', async () => {
    const columns = new ScalarColumns(file);
    writeFileSync(file, lines(1, 9));
    await readAll(columns);
    const writer = await ScalarWriter.open(file, { dropAfterStep: 4 });
    writer.append({ step: 5, time: 2, 'loss/d': 0.5 });
    writer.close();
    const chunks = await readAll(columns);
    expect(chunks[0].from).toBe(0);
    expect(stepsOf(chunks)).toEqual([1, 2, 3, 4, 5]);
  });

  it('begins anew when the file was replaced by a longer one between two looks', async () => {
    const columns = new ScalarColumns(file);
    writeFileSync(file, lines(1, 9));
    await readAll(columns);
    writeFileSync(`${file}.new`, lines(101, 150));
    renameSync(`${file}.new`, file);
    const chunks = await readAll(columns, 20);
    expect(chunks[0].from).toBe(0);
    expect(stepsOf(chunks)).toEqual(Array.from({ length: 50 }, (_, i) => 101 + i));
  });

  it('begins anew when the file was replaced in the middle of being read', async () => {
    const columns = new ScalarColumns(file);
    writeFileSync(file, lines(1, 90));
    await columns.read(10);
    writeFileSync(`${file}.new`, lines(101, 105));
    renameSync(`${file}.new`, file);
    const chunks = await readAll(columns, 20);
    expect(chunks[0].from).toBe(0);
    expect(stepsOf(chunks)).toEqual([101, 102, 103, 104, 105]);
  });

  it('begins anew when the same file was written over, longer or shorter', async () => {
    const columns = new ScalarColumns(file);
    writeFileSync(file, lines(1, 9));
    await readAll(columns);
    for (const [from, to] of [
      [11, 40],
      [51, 52],
    ]) {
      const before = statSync(file).ino;
      writeFileSync(file, lines(from, to));
      expect(statSync(file).ino).toBe(before);
      const chunks = await readAll(columns);
      expect(chunks[0].from).toBe(0);
      expect(stepsOf(chunks)[0]).toBe(from);
    }
  });

  it('empties what it gave when the file was emptied', async () => {
    const columns = new ScalarColumns(file);
    writeFileSync(file, 'damaged\n' + lines(1, 9));
    await readAll(columns);
    writeFileSync(file, '');
    expect(await readAll(columns)).toMatchObject([{ from: 0, total: 0 }]);
    expect(columns.flaws).toEqual([]);
  });

  it('has nothing for a file that is not there yet, and says when one is gone', async () => {
    const columns = new ScalarColumns(file);
    expect(await columns.read()).toBeUndefined();
    expect(columns.flaws).toEqual([]);
    writeFileSync(file, line(1));
    await readAll(columns);
    unlinkSync(file);
    expect(await columns.read()).toBeUndefined();
    expect(columns.flaws[0]).toMatch('scalars.jsonl is gone');
    writeFileSync(file, lines(11, 12));
    expect(stepsOf(await readAll(columns))).toEqual([11, 12]);
    expect(columns.flaws).toEqual([]);
  });

  it('takes an overlong line for a damaged one and does not hold it', async () => {
    const columns = new ScalarColumns(file);
    const long = `{"step":2,"time":3${' '.repeat(3 * MAX_LINE_BYTES)}`;
    writeFileSync(file, line(1) + long);
    expect(stepsOf(await readAll(columns))).toEqual([1]);
    appendFileSync(file, `${long}}\n${line(3)}`);
    expect(stepsOf(await readAll(columns))).toEqual([3]);
    expect(columns.flaws).toEqual(['Line 2 of scalars.jsonl is damaged and was left out.']);
  });

  it('reads lines up to the longest that is allowed', async () => {
    const longest = line(2).replace('}\n', ' '.repeat(MAX_LINE_BYTES - line(2).length + 1) + '}\n');
    expect(longest.length).toBe(MAX_LINE_BYTES + 1);
    writeFileSync(file, line(1) + longest + longest.replace('}', ' }') + line(3));
    const columns = new ScalarColumns(file);
    expect(stepsOf(await readAll(columns))).toEqual([1, 2, 3]);
    expect(columns.flaws).toEqual(['Line 3 of scalars.jsonl is damaged and was left out.']);
  });

  it('gives columns to a bounded number of tags and says so', async () => {
    const many = Array.from({ length: 10 * MAX_TAGS }, (_, i) => line(i, { [`tag/${i}`]: i }));
    writeFileSync(file, many.join(''));
    const columns = new ScalarColumns(file);
    const chunks = await readAll(columns);
    const tags = new Set(chunks.flatMap(({ columns }) => Object.keys(columns)));
    expect(tags.size).toBe(MAX_TAGS);
    expect(stepsOf(chunks).length).toBe(10 * MAX_TAGS);
    expect(columns.flaws[0]).toMatch(`the first of them "tag/${MAX_TAGS - 1}"`);
  });

  it('gives no column to a tag that every object inherits', async () => {
    writeFileSync(file, '{"step":1,"time":2,"__proto__":3,"constructor":4,"loss/d":5}\n');
    const columns = new ScalarColumns(file);
    const [rows] = await readAll(columns);
    expect(Object.keys(rows.columns)).toEqual(['loss/d']);
    expect(columns.flaws[0]).toMatch('"__proto__"');
  });

  it('stops before a file fills memory and says after which line', async () => {
    writeFileSync(file, lines(1, 50));
    const columns = new ScalarColumns(file, 30);
    const chunks = await readAll(columns, 10);
    expect(stepsOf(chunks).length).toBe(30);
    expect(chunks.at(-1)?.total).toBe(30);
    expect(columns.flaws[0]).toMatch('end after line 30');
  });

  it('fills a chunk to its last row', async () => {
    writeFileSync(file, lines(1, MAX_ROWS + 1));
    const chunks = await readAll(new ScalarColumns(file));
    expect(chunks.map(({ steps }) => steps.length)).toEqual([MAX_ROWS, 1]);
    expect(chunks[0].columns['loss/d'].at(-1)).toBe(MAX_ROWS / 4);
  });

  it('reads what the writer of runs writes', async () => {
    const writer = await ScalarWriter.open(file);
    const records = [
      { step: 1, time: 1_700_000_000.123, 'loss/d': Math.fround(0.1), 'memory/rss': 1.5e9 },
      { step: 2, time: 1_700_000_001.5, 'loss/d': 1e-30, 'memory/rss': 1.6e9 },
    ];
    for (const record of records) writer.append(record);
    writer.close();
    const [rows] = await readAll(new ScalarColumns(file));
    expect([...rows.times]).toEqual(records.map(({ time }) => time));
    expect([...rows.columns['loss/d']]).toEqual(
      records.map((record) => Math.fround(record['loss/d'])),
    );
    expect(readFileSync(file, 'utf8').split('\n').length).toBe(3);
  });
});
