import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { exportRun } from '../../../../src/runs/export/exportRun';
import type { ExportWatch } from '../../../../src/runs/export/exportRequest';
import type { ScalarFormat } from '../../../../src/shared/dashboard';

const root = mkdtempSync(path.join(tmpdir(), 'sn-gan-export-'));
afterAll(() => rmSync(root, { recursive: true }));
let folder: string;
let scalars: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(root, 'run-'));
  scalars = path.join(folder, 'scalars.jsonl');
});

const patient = (): ExportWatch => ({
  signal: new AbortController().signal,
  progress: () => undefined,
});

async function exported(
  format: ScalarFormat,
  tags?: readonly string[],
  watch = patient(),
): Promise<{ text: string; leftOut: readonly string[] }> {
  const target = path.join(folder, `out.${format}`);
  const { leftOut } = await exportRun(
    { kind: 'scalars', folder, target, format, ...(tags && { tags }) },
    watch,
  );
  return { text: readFileSync(target, 'utf8'), leftOut };
}

describe('an export of scalars', () => {
  it('as CSV has a column for each tag that any row has, with the digits of the file', async () => {
    writeFileSync(
      scalars,
      '{"step":10,"time":1.70,"loss/d":0.6931472,"lr":2e-4}\n' +
        '{ "step" : 20 , "time": 3, "late":-1.50E+2, "loss/d":1 }\n',
    );
    expect((await exported('csv')).text).toBe(
      'step,time,loss/d,lr,late\n10,1.70,0.6931472,2e-4,\n20,3,1,,-1.50E+2\n',
    );
  });

  it('as JSON has the same objects as the file, with its digits', async () => {
    const lines = ['{"step":10,"time":1.70,"a":1.0}', '{"step":20,"time":3,"σ/层":-1.50E+2}'];
    writeFileSync(scalars, lines.map((line) => `${line}\n`).join(''));
    const { text } = await exported('json');
    expect(text).toBe(`[\n${lines.join(',\n')}\n]\n`);
    expect(JSON.parse(text)).toEqual(lines.map((line) => JSON.parse(line) as unknown));
  });

  it('has the tags that were chosen, and step and time always', async () => {
    writeFileSync(scalars, '{"step":1,"time":2,"a":3,"b":4}\n{"step":2,"time":3,"b":5}\n');
    expect((await exported('csv', ['b', 'c'])).text).toBe('step,time,b,c\n1,2,4,\n2,3,5,\n');
    expect(JSON.parse((await exported('json', ['a'])).text)).toEqual([
      { step: 1, time: 2, a: 3 },
      { step: 2, time: 3 },
    ]);
  });

  it('quotes tags that would break a table', async () => {
    const tags = ['a,b', 'say "x"', 'two\nlines'];
    const record = Object.fromEntries(tags.map((tag, i) => [tag, i]));
    writeFileSync(scalars, `${JSON.stringify({ step: 1, time: 2, ...record })}\n`);
    expect((await exported('csv')).text).toBe(
      'step,time,"a,b","say ""x""","two\nlines"\n1,2,0,1,2\n',
    );
    expect(JSON.parse((await exported('json')).text)).toEqual([{ step: 1, time: 2, ...record }]);
  });

  it('keeps every row of a long file', async () => {
    const count = 30_000;
    const line = (step: number): string => `{"step":${step},"time":${step}.5,"loss/d":0.${step}}\n`;
    writeFileSync(scalars, Array.from({ length: count }, (_, i) => line(i)).join(''));
    const progress: number[] = [];
    const watch = { ...patient(), progress: (share: number) => void progress.push(share) };
    const { text } = await exported('csv', undefined, watch);
    const lines = text.trimEnd().split('\n');
    expect(lines.length).toBe(1 + count);
    expect(lines[count]).toBe(`${count - 1},${count - 1}.5,0.${count - 1}`);
    expect(progress.length).toBeGreaterThan(10);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBeLessThanOrEqual(1);
    expect(JSON.parse((await exported('json')).text)).toHaveLength(count);
  });

  it('leaves damaged and torn lines out and says how many', async () => {
    writeFileSync(scalars, '{"step":1,"time":2}\n{"step":\n[]\n{"step":2,"time":3}\n{"step":3,"ti');
    const { text, leftOut } = await exported('csv');
    expect(text).toBe('step,time\n1,2\n2,3\n');
    expect(leftOut).toEqual(['2 lines of scalars.jsonl are damaged and were left out.']);
  });

  it('takes the last of two values of one tag, as the curves do', async () => {
    writeFileSync(scalars, '{"step":1,"time":2,"a":3,"a":4}\n');
    expect((await exported('csv')).text).toBe('step,time,a\n1,2,4\n');
  });

  it('of an empty file is an empty table', async () => {
    writeFileSync(scalars, '');
    expect((await exported('csv')).text).toBe('step,time\n');
    expect(JSON.parse((await exported('json')).text)).toEqual([]);
  });

  it('does not run after a file that goes on growing', async () => {
    writeFileSync(scalars, '{"step":1,"time":2}\n'.repeat(2000));
    const watch = {
      ...patient(),
      progress: () => appendFileSync(scalars, '{"step":9,"time":9}\n'.repeat(500)),
    };
    const { text } = await exported('json', undefined, watch);
    expect(JSON.parse(text)).toHaveLength(2000);
  });

  it('that is cancelled leaves nothing behind, and an older file as it was', async () => {
    writeFileSync(scalars, '{"step":1,"time":2}\n'.repeat(5000));
    const target = path.join(folder, 'out.csv');
    writeFileSync(target, 'older');
    const controller = new AbortController();
    const watch = { signal: controller.signal, progress: () => controller.abort() };
    await expect(
      exportRun({ kind: 'scalars', folder, target, format: 'csv', tags: [] }, watch),
    ).rejects.toThrow(/abort/);
    expect(readFileSync(target, 'utf8')).toBe('older');
    expect(readdirSync(folder).sort()).toEqual(['out.csv', 'scalars.jsonl']);
  });

  it('clears away what a process that was killed left of the same file', async () => {
    writeFileSync(scalars, '{"step":1,"time":2}\n');
    const old = path.join(folder, '.out.csv.0123456789ab-0.tmp');
    const fresh = path.join(folder, '.out.csv.0123456789ab-1.tmp');
    const other = path.join(folder, '.other.csv.0123456789ab-0.tmp');
    for (const file of [old, fresh, other]) writeFileSync(file, '');
    const yesterday = new Date(Date.now() - 86_400_000);
    for (const file of [old, other]) utimesSync(file, yesterday, yesterday);
    await exported('csv');
    expect([old, fresh, other].map((file) => existsSync(file))).toEqual([false, true, true]);
  });

  it('says what is wrong with a run without scalars', async () => {
    await expect(exported('csv')).rejects.toThrow(/scalars.jsonl: it does not exist/);
  });
});
