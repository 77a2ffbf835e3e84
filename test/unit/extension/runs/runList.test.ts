import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { nameOf } from '../../../../src/extension/runs/listedRun';
import {
  RunList,
  type RunListChange,
  type RunListOptions,
} from '../../../../src/extension/runs/runList';
import { touchLease } from '../../../../src/runs/lease';
import { processStartTime } from '../../../../src/runs/processIdentity';
import { identity, writeRunFolder } from './someRuns';

const root = mkdtempSync(path.join(tmpdir(), 'sn-gan-list-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let made = 0;
function newRunsFolder(): string {
  const folder = path.join(root, `runs-${made++}`);
  mkdirSync(folder);
  return folder;
}

/** A list whose file events the test makes itself. */
class TestedList {
  readonly watched = new Map<string, (folder: string) => void>();
  readonly changes: RunListChange[] = [];
  readonly list: RunList;

  constructor(
    public folders: readonly string[],
    options: Partial<RunListOptions> = {},
  ) {
    this.list = new RunList({
      folders: () => this.folders,
      watch: (folder, onChange) => {
        this.watched.set(folder, onChange);
        return { dispose: () => void this.watched.delete(folder) };
      },
      remember: (folder) => {
        this.folders = [...this.folders, folder];
      },
      onError: (thrown) => {
        throw thrown;
      },
      pollMs: 1_000_000,
      coalesceMs: 5,
      ...options,
    });
    this.list.onDidChange((change) => this.changes.push(change));
    lists.push(this.list);
  }

  event(folder: string): void {
    this.watched.get(path.dirname(folder))?.(folder);
  }

  /** The next change that is told, with whatever came together. */
  async nextChange(): Promise<RunListChange> {
    const count = this.changes.length;
    for (const start = Date.now(); Date.now() - start < 20_000; await sleep(5)) {
      if (this.changes.length > count) return this.changes[count];
    }
    throw new Error('Nothing changed.');
  }
}

const lists: RunList[] = [];
afterEach(() => {
  for (const list of lists.splice(0)) list.dispose();
});

describe('RunList', () => {
  it('lists the runs of all folders, newest first, and nothing that is no run', async () => {
    const [a, b] = [newRunsFolder(), newRunsFolder()];
    writeRunFolder(path.join(a, 'old'), identity({ created: '2026-01-01T00:00:00Z' }));
    writeRunFolder(path.join(b, 'new'), identity({ created: '2026-03-01T00:00:00Z' }));
    writeRunFolder(path.join(a, 'middle'), identity({ created: '2026-02-01T00:00:00Z' }));
    mkdirSync(path.join(a, 'something else'));
    writeFileSync(path.join(a, 'notes.txt'), '');
    const { list } = new TestedList([a, b, path.join(root, 'missing')]);
    await list.ready;
    expect(list.runs.map(({ folder }) => path.basename(folder))).toEqual(['new', 'middle', 'old']);
    expect(list.broken).toEqual([]);
  });

  it('shows a run whose run.json is damaged as broken, with the reason', async () => {
    const runs = newRunsFolder();
    writeRunFolder(path.join(runs, 'whole'), identity());
    mkdirSync(path.join(runs, 'cut'));
    writeFileSync(path.join(runs, 'cut/run.json'), '{"format": 1,');
    mkdirSync(path.join(runs, 'newer'));
    writeFileSync(path.join(runs, 'newer/run.json'), '{"format": 2}');
    const { list } = new TestedList([runs]);
    await list.ready;
    expect(list.runs).toHaveLength(1);
    expect(list.broken).toEqual([
      {
        folder: path.join(runs, 'newer'),
        flaw: expect.stringContaining('newer version') as string,
      },
      { folder: path.join(runs, 'cut'), flaw: expect.stringContaining('is damaged') as string },
    ]);
    expect(list.find(path.join(runs, 'cut'))).toBeUndefined();
  });

  it('reads annotations, and does without damaged ones', async () => {
    const runs = newRunsFolder();
    writeRunFolder(path.join(runs, 'one'), identity(), { name: 'Best yet', starred: true });
    writeRunFolder(path.join(runs, 'two'), identity());
    writeFileSync(path.join(runs, 'two/annotations.json'), '[]');
    const { list } = new TestedList([runs]);
    await list.ready;
    const [two, one] = list.runs;
    expect(nameOf(one)).toBe('Best yet');
    expect(nameOf(two)).toBe('faces');
  });

  it('tells which runs changed, once for many events', async () => {
    const runs = newRunsFolder();
    const folders = ['a', 'b', 'c'].map((name) => path.join(runs, name));
    for (const folder of folders) writeRunFolder(folder, identity());
    const tested = new TestedList([runs]);
    await tested.list.ready;
    const [a, b, c] = folders;
    const progress = { step: 2000, total: 20_000, imagesPerSecond: 90 };
    writeRunFolder(a, identity({ progress }));
    writeRunFolder(b, identity({ progress }));
    const change = tested.nextChange();
    for (const folder of [a, b, a, b, c]) tested.event(folder);
    expect(await change).toEqual({ listChanged: false, folders: [a, b] });
    expect(tested.list.find(a)?.identity.progress.step).toBe(2000);
    await sleep(50);
    // The first reading of the list and this one.
    expect(tested.changes).toHaveLength(2);
  });

  it('says nothing where nothing is new', async () => {
    const runs = newRunsFolder();
    writeRunFolder(path.join(runs, 'a'), identity());
    const tested = new TestedList([runs]);
    await tested.list.ready;
    await tested.list.refresh();
    await tested.list.reread(path.join(runs, 'a'));
    expect(tested.changes).toHaveLength(1);
  });

  it('notices new runs and removed ones', async () => {
    const runs = newRunsFolder();
    const folder = path.join(runs, 'a');
    const tested = new TestedList([runs]);
    await tested.list.ready;
    writeRunFolder(folder, identity());
    let change = tested.nextChange();
    tested.event(folder);
    expect(await change).toEqual({ listChanged: true, folders: [folder] });
    rmSync(folder, { recursive: true });
    change = tested.nextChange();
    tested.event(folder);
    expect(await change).toEqual({ listChanged: true, folders: [] });
    expect(tested.list.runs).toEqual([]);
  });

  it('watches the folders that are set now, and forgets the runs of others', async () => {
    const [a, b] = [newRunsFolder(), newRunsFolder()];
    writeRunFolder(path.join(a, 'one'), identity());
    writeRunFolder(path.join(b, 'two'), identity());
    const tested = new TestedList([a]);
    await tested.list.ready;
    tested.folders = [b];
    await tested.list.refresh();
    expect(tested.list.runs.map(({ folder }) => path.basename(folder))).toEqual(['two']);
    expect([...tested.watched.keys()]).toEqual([b]);
    tested.list.dispose();
    expect([...tested.watched.keys()]).toEqual([]);
  });

  it('reads nothing outside of its folders', async () => {
    const [inside, outside] = [newRunsFolder(), newRunsFolder()];
    writeRunFolder(path.join(outside, 'run'), identity());
    const { list } = new TestedList([inside]);
    await list.ready;
    await list.reread(path.join(outside, 'run'));
    await list.reread(`${inside}/../${path.basename(outside)}/run`);
    expect(list.runs).toEqual([]);
  });

  it('lists the runs of a folder that is included', async () => {
    const [inside, other] = [newRunsFolder(), newRunsFolder()];
    writeRunFolder(path.join(other, 'run'), identity());
    const { list } = new TestedList([inside]);
    await list.include(other);
    expect(list.find(path.join(other, 'run'))?.status).toBe('finished');
  });

  it.skipIf(process.platform === 'win32')('follows a link to a run', async () => {
    const [runs, disk] = [newRunsFolder(), newRunsFolder()];
    writeRunFolder(path.join(disk, 'run'), identity());
    symlinkSync(path.join(disk, 'run'), path.join(runs, 'linked'));
    symlinkSync(path.join(disk, 'nothing'), path.join(runs, 'dangling'));
    const { list } = new TestedList([runs]);
    await list.ready;
    expect(list.runs.map(({ folder }) => path.basename(folder))).toEqual(['linked']);
  });

  it('notices without any file event that a trainer was killed', async () => {
    const runs = newRunsFolder();
    const folder = path.join(runs, 'killed');
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const pid = child.pid as number;
    const startTime = (await processStartTime(pid)) as string;
    writeRunFolder(
      folder,
      identity({ state: 'running', trainer: { pid, startTime, host: hostname() } }),
    );
    touchLease(folder);
    const tested = new TestedList([runs], { pollMs: 20 });
    await tested.list.ready;
    expect(tested.list.find(folder)?.status).toBe('running');
    const change = tested.nextChange();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await change).toEqual({ listChanged: false, folders: [folder] });
    expect(tested.list.find(folder)?.status).toBe('dead');
  });

  it('lists 500 runs quickly', async () => {
    const runs = newRunsFolder();
    for (let i = 0; i < 500; i++) {
      const created = new Date(Date.UTC(2026, 0, 1) + i * 3_600_000).toISOString();
      writeRunFolder(path.join(runs, `run-${i}`), identity({ created, name: `run ${i}` }), {
        starred: i % 50 === 0,
      });
    }
    const start = performance.now();
    const { list } = new TestedList([runs]);
    await list.ready;
    const took = performance.now() - start;
    console.log(`500 runs were listed in ${took.toFixed(0)} ms.`);
    expect(list.runs).toHaveLength(500);
    expect(list.runs[0].identity.name).toBe('run 499');
    // 300 ms on an idle machine; the bound leaves room for other tests on the same two cores.
    expect(took).toBeLessThan(3_000);
  });
});
