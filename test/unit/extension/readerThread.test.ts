import {
  appendFileSync,
  mkdirSync,
  renameSync,
  rmSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import type { ReadRun } from '../../../src/extension/reader/protocol';
import { ReaderThread, type Reading } from '../../../src/extension/reader/readerThread';
import { writeAnnotations } from '../../../src/runs/annotations';
import { writeRun } from '../../../src/runs/runIdentity';
import { ScalarWriter } from '../../../src/runs/scalars';
import type { Rows } from '../../../src/shared/dashboard';
import { runFile, stepStem } from '../../../src/shared/runFolder';
import { appendRows, rowText, RunFixture } from './runFixture';

const script = path.resolve(import.meta.dirname, '../../../dist/runReader.cjs');
const runs = new RunFixture();
const complaints: string[] = [];
const thread = new ReaderThread(script, { error: (message) => complaints.push(message) });
afterAll(() => {
  thread.dispose();
  runs.remove();
});

/** Whoever looks at a run: keeps what a page would keep. */
class Onlooker {
  steps: number[] = [];
  chunks: Rows[] = [];
  runs: ReadRun[] = [];
  unreadable: string[] = [];
  total = 0;
  private readonly reading: Reading;

  constructor(folder: string, reader = thread) {
    this.reading = reader.read(folder, {
      run: (run) => this.runs.push(run),
      rows: (rows) => this.take(rows),
      unreadable: (why) => this.unreadable.push(why),
    });
    onlookers.push(this);
  }

  get run(): ReadRun | undefined {
    return this.runs.at(-1);
  }

  close(): void {
    this.reading.close();
  }

  private take(rows: Rows): Promise<void> {
    expect(this.runs.length, 'a run before its rows').toBeGreaterThan(0);
    if (rows.from === 0) this.steps = [];
    expect(rows.from, 'a chunk that follows the last one').toBe(this.steps.length);
    this.steps.push(...rows.steps);
    this.chunks.push(rows);
    this.total = rows.total;
    return Promise.resolve();
  }
}
const onlookers: Onlooker[] = [];
afterEach(() => {
  for (const onlooker of onlookers.splice(0)) onlooker.close();
  expect(complaints.splice(0)).toEqual([]);
});

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);
/** Long, because these tests also run on machines that are busy with others. */
const soon = { timeout: 20_000, interval: 5 };

describe('ReaderThread', () => {
  it('tells of a run, then of its rows, then of what comes', async () => {
    const { folder, identity } = await runs.make();
    appendRows(folder, 1, 100);
    const seen = new Onlooker(folder);
    await expect.poll(() => seen.steps, soon).toEqual(upTo(100));
    expect(seen.run).toMatchObject({
      key: folder,
      name: 'faces',
      status: 'running',
      identity,
      annotations: { format: 1 },
      config: { name: 'faces', preset: 'quick' },
      flaws: [],
      samples: [],
      checkpoints: [],
      hasRealImages: false,
      gone: false,
    });
    for (let step = 101; step <= 110; step++) {
      appendRows(folder, step);
      await expect.poll(() => seen.steps, soon).toEqual(upTo(step));
      expect(seen.total).toBe(step);
    }
  });

  it('tells of every change in the folder', async () => {
    const { folder, identity } = await runs.make();
    const seen = new Onlooker(folder);
    await expect.poll(() => seen.runs.length, soon).toBeGreaterThan(0);
    writeFileSync(path.join(folder, 'samples', `${stepStem(0)}.png`), '');
    await expect.poll(() => seen.run?.samples, soon).toEqual([0]);
    writeFileSync(path.join(folder, 'checkpoints', `${stepStem(5)}.safetensors`), '');
    await expect.poll(() => seen.run?.checkpoints, soon).toEqual([5]);
    writeFileSync(path.join(folder, runFile.realImages), '');
    await expect.poll(() => seen.run?.hasRealImages, soon).toBe(true);
    await writeAnnotations(folder, { format: 1, name: 'renamed', starred: true });
    await expect.poll(() => seen.run?.name, soon).toBe('renamed');
    await writeRun(folder, { ...identity, state: 'paused' });
    await expect.poll(() => seen.run?.status, soon).toBe('paused');
    const { length } = seen.runs;
    utimesSync(path.join(folder, runFile.identity), new Date(), new Date());
    await writeRun(folder, { ...identity, state: 'finished' });
    await expect.poll(() => seen.run?.status, soon).toBe('finished');
    // The touch said nothing new and was not passed on.
    expect(seen.runs.length).toBe(length + 1);
  });

  it('reads the rows anew when a trainer that resumes has dropped some', async () => {
    const { folder } = await runs.make();
    appendRows(folder, 1, 3000);
    const seen = new Onlooker(folder);
    await expect.poll(() => seen.steps.length, soon).toBe(3000);
    const file = path.join(folder, runFile.scalars);
    (await ScalarWriter.open(file, { dropAfterStep: 1200 })).close();
    appendRows(folder, 1201, 1210);
    await expect.poll(() => seen.steps, soon).toEqual(upTo(1210));
  });

  it('waits for the end of a torn line and names damaged ones', async () => {
    const { folder } = await runs.make();
    const file = path.join(folder, runFile.scalars);
    const seen = new Onlooker(folder);
    const text = rowText(1);
    appendFileSync(file, text.slice(0, 100));
    await expect.poll(() => seen.runs.length, soon).toBeGreaterThan(0);
    expect(seen.steps).toEqual([]);
    appendFileSync(file, `${text.slice(100)}\n{"step":\n`);
    await expect.poll(() => seen.steps, soon).toEqual([1]);
    await expect
      .poll(() => seen.run?.flaws, soon)
      .toEqual(['Line 2 of scalars.jsonl is damaged and was left out.']);
  });

  it('says why a run is dead, from its log', async () => {
    const { folder, identity } = await runs.make();
    await writeRun(folder, {
      ...identity,
      trainer: { pid: process.pid, startTime: 'another', host: identity.trainer?.host ?? '' },
    });
    const line = `[2026-11-23T10:00:00.000Z] ERROR (${process.pid}): out of memory\n`;
    writeFileSync(path.join(folder, runFile.log), line);
    const seen = new Onlooker(folder);
    await expect.poll(() => seen.run?.status, soon).toBe('dead');
    expect(seen.run?.identity.reason).toMatch('memory ran out');
    expect(seen.run?.lastLogLines).toEqual([line.trim()]);
  });

  it('gives the last lines of the log of a run that failed', async () => {
    const { folder, identity } = await runs.make();
    await writeRun(folder, { ...identity, state: 'failed', reason: 'The loss is NaN.' });
    const lines = upTo(12).map((n) => `[now] ERROR (${process.pid}): line ${n}`);
    writeFileSync(path.join(folder, runFile.log), lines.map((text) => `${text}\n`).join(''));
    const seen = new Onlooker(folder);
    await expect.poll(() => seen.run?.lastLogLines, soon).toEqual(lines.slice(-8));
    expect(seen.run?.identity.reason).toBe('The loss is NaN.');
  });

  it('goes on with what can be read where the rest is damaged', async () => {
    const { folder } = await runs.make();
    writeFileSync(path.join(folder, runFile.config), '{');
    writeFileSync(path.join(folder, runFile.annotations), '{');
    rmSync(path.join(folder, 'samples'), { recursive: true });
    appendRows(folder, 1, 5);
    const seen = new Onlooker(folder);
    await expect.poll(() => seen.steps, soon).toEqual(upTo(5));
    expect(seen.run?.flaws).toHaveLength(2);
    expect(seen.run?.config).toBeUndefined();
    mkdirSync(path.join(folder, 'samples'));
    writeFileSync(path.join(folder, 'samples', `${stepStem(10)}.png`), '');
    await expect.poll(() => seen.run?.samples, soon).toEqual([10]);
  });

  it('says that a folder was removed while it was open, and takes it up when it is back', async () => {
    const { folder } = await runs.make();
    appendRows(folder, 1, 20);
    const seen = new Onlooker(folder);
    await expect.poll(() => seen.steps, soon).toEqual(upTo(20));
    renameSync(folder, `${folder}-elsewhere`);
    await expect.poll(() => seen.run?.gone, soon).toBe(true);
    expect(seen.run).toMatchObject({ name: 'faces', status: 'dead' });
    expect(seen.run?.flaws.join()).toMatch(`${folder} is gone`);
    renameSync(`${folder}-elsewhere`, folder);
    await expect.poll(() => seen.run?.gone, soon).toBe(false);
    appendRows(folder, 21);
    await expect.poll(() => seen.steps, soon).toEqual(upTo(21));
  });

  it('says why a folder is no run, and reads it when it has become one', async () => {
    const { folder, identity } = await runs.make();
    unlinkSync(path.join(folder, runFile.identity));
    const seen = new Onlooker(folder);
    await expect.poll(() => seen.unreadable.join(), soon).toMatch('is not a run folder');
    appendRows(folder, 1, 3);
    await writeRun(folder, identity);
    await expect.poll(() => seen.steps, soon).toEqual(upTo(3));
  });

  it('says that a folder is not there', async () => {
    const folder = path.join(runs.root, 'nowhere');
    const seen = new Onlooker(folder);
    await expect
      .poll(() => seen.unreadable, soon)
      .toEqual([`${folder} is gone: the run was moved, renamed or deleted.`]);
  });

  it('sends no more than four chunks that were not taken', async () => {
    const { folder } = await runs.make();
    appendRows(folder, 1, 40_000);
    let got = 0;
    const takes: (() => void)[] = [];
    const reading = thread.read(folder, {
      run: () => undefined,
      rows: () => {
        got++;
        return new Promise<void>((resolve) => takes.push(resolve));
      },
      unreadable: () => undefined,
    });
    await expect.poll(() => got, soon).toBe(4);
    // Ten times as long as the next chunk would take; if this fails, there was a fifth.
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(got).toBe(4);
    takes[0]();
    await expect.poll(() => got, soon).toBe(5);
    reading.close();
  });

  it('reads a run for two at once, each from its beginning', async () => {
    const { folder } = await runs.make();
    appendRows(folder, 1, 50);
    const first = new Onlooker(folder);
    await expect.poll(() => first.steps, soon).toEqual(upTo(50));
    const second = new Onlooker(folder);
    appendRows(folder, 51);
    for (const seen of [first, second]) await expect.poll(() => seen.steps, soon).toEqual(upTo(51));
  });

  it('says nothing about a run after it was closed', async () => {
    const { folder } = await runs.make();
    appendRows(folder, 1, 5);
    const seen = new Onlooker(folder);
    seen.close();
    const other = new Onlooker(folder);
    await expect.poll(() => other.steps, soon).toEqual(upTo(5));
    expect(seen.runs).toEqual([]);
    expect(seen.steps).toEqual([]);
  });

  it('ends its thread soon after the last run was closed, and starts another when needed', async () => {
    const { folder } = await runs.make();
    appendRows(folder, 1, 5);
    const reader = new ReaderThread(script, { error: (text) => complaints.push(text) }, 50);
    expect(reader.isRunning).toBe(false);
    const seen = new Onlooker(folder, reader);
    await expect.poll(() => seen.steps, soon).toEqual(upTo(5));
    expect(reader.isRunning).toBe(true);
    seen.close();
    await expect.poll(() => reader.isRunning, soon).toBe(false);
    const again = new Onlooker(folder, reader);
    await expect.poll(() => again.steps, soon).toEqual(upTo(5));
    reader.dispose();
    expect(reader.isRunning).toBe(false);
  });

  it('starts again after a crash and reads what is open anew', async () => {
    const { folder } = await runs.make();
    appendRows(folder, 1, 30);
    const crashing = path.join(runs.root, 'crashing.cjs');
    const mark = path.join(runs.root, 'crashed');
    writeFileSync(
      crashing,
      `const fs = require('node:fs');
       if (!fs.existsSync(${JSON.stringify(mark)})) {
         fs.writeFileSync(${JSON.stringify(mark)}, '');
         require('node:worker_threads').parentPort.on('message', () => { throw new Error('boom'); });
       } else require(${JSON.stringify(script)});`,
    );
    const said: string[] = [];
    const reader = new ReaderThread(crashing, { error: (message) => said.push(message) });
    const seen = new Onlooker(folder, reader);
    await expect.poll(() => seen.steps, soon).toEqual(upTo(30));
    expect(said).toEqual(['The reader of run folders has crashed (boom) and is started again.']);
    reader.dispose();
  });

  it('gives up after crashes in a row and says so', async () => {
    const { folder } = await runs.make();
    const crashing = path.join(runs.root, 'alwaysCrashing.cjs');
    writeFileSync(crashing, `throw new Error('boom');`);
    const said: string[] = [];
    const reader = new ReaderThread(crashing, { error: (message) => said.push(message) });
    const seen = new Onlooker(folder, reader);
    await expect
      .poll(() => seen.unreadable.join(), soon)
      .toMatch('has crashed several times (boom)');
    expect(said).toHaveLength(3);
    reader.dispose();
  });
});
