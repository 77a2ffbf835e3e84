import { beforeEach, describe, expect, it } from 'vitest';
import type { DashboardHost } from '../../../src/extension/dashboard/dashboardHost';
import {
  DashboardSession,
  type PageExports,
  type ShownRun,
} from '../../../src/extension/dashboard/dashboardSession';
import { MAX_RUNS } from '../../../src/extension/dashboard/messages';
import { Emitter } from '../../../src/extension/emitter';
import type { ReadRun } from '../../../src/extension/reader/protocol';
import type { RunListener } from '../../../src/extension/reader/readerThread';
import type { Rows, ToDashboard } from '../../../src/shared/dashboard';
import type { Control } from '../../../src/shared/runActions';
import { UserError } from '../../../src/shared/userError';
import { inventedRows, inventedRun } from '../../webview/invention';

const faces = '/runs/faces';
const cats = '/runs/cats';

function readRun(key: string, change: Partial<ReadRun> = {}): ReadRun {
  const {
    key: folder,
    name,
    status,
    identity,
    annotations,
    samples,
    checkpoints,
  } = inventedRun({
    key,
  });
  const flaws: string[] = [];
  return {
    ...{ key: folder, name, status, identity, annotations, flaws, samples, checkpoints },
    hasRealImages: false,
    gone: false,
    ...change,
  };
}

/** The rest of the extension, played by the test. */
class Stage {
  readonly sent: ToDashboard[] = [];
  readonly did: unknown[][] = [];
  readonly log: string[] = [];
  /** Readings that are open, by their folder. */
  readonly open = new Map<string, RunListener>();
  shown: readonly ShownRun[] = [];
  missed: string[] = [];
  control: Control = 'here';
  isTrusted = true;
  chosen: readonly string[] = [];
  fault: Error | undefined;
  readonly controlChanged = new Emitter<string>();
  readonly trustGranted = new Emitter<void>();

  private readonly note =
    (what: string) =>
    (...how: unknown[]): Promise<void> => {
      this.did.push([what, ...how]);
      return this.fault ? Promise.reject(this.fault) : Promise.resolve();
    };

  session(keys: readonly string[] = [faces]): DashboardSession {
    const host: DashboardHost = {
      control: () => this.control,
      onDidChangeControl: this.controlChanged.event,
      trusted: () => this.isTrusted,
      onDidGrantTrust: this.trustGranted.event,
      act: this.note('act'),
      setExactEvery: this.note('setExactEvery'),
      open: this.note('open'),
      chooseRuns: () => Promise.resolve(this.chosen),
      preferences: () => ({ smoothing: 0.5 }),
      keepPreferences: (preferences) => void this.did.push(['keep', preferences]),
    };
    const exports: PageExports = {
      scalars: this.note('scalars'),
      animation: this.note('animation'),
      grid: this.note('grid'),
      save: this.note('save'),
    };
    return new DashboardSession(keys, {
      host,
      exports,
      reader: {
        read: (folder, listener) => {
          expect(this.open.has(folder), 'read twice at once').toBe(false);
          this.open.set(folder, listener);
          return { close: () => void this.open.delete(folder) };
        },
      },
      page: {
        post: (message) => {
          this.sent.push(message);
          return Promise.resolve(true);
        },
        baseUri: (folder) => `uri:${folder}`,
        showsRuns: (runs) => (this.shown = runs),
        misses: (folder) => this.missed.push(folder),
      },
      log: {
        warn: (message) => this.log.push(message),
        error: (message) => this.log.push(message),
      },
      translations: { Pause: 'Anhalten' },
    });
  }

  /** What the page was told since the last time, by type. */
  told<T extends ToDashboard['type']>(type: T): Extract<ToDashboard, { type: T }>[] {
    const told = this.sent.filter((message) => message.type === type);
    this.sent.length = 0;
    return told as Extract<ToDashboard, { type: T }>[];
  }
}

let stage: Stage;
beforeEach(() => {
  stage = new Stage();
});

describe('DashboardSession', () => {
  it('says and reads nothing before the page is ready', () => {
    stage.session();
    stage.controlChanged.fire(faces);
    expect(stage.sent).toEqual([]);
    expect(stage.open.size).toBe(0);
  });

  it('gives a page that is ready everything: the runs, how it was set, then what is read', async () => {
    const session = stage.session([faces, cats]);
    await session.hear({ type: 'ready' });
    const rows: Rows = inventedRows(faces);
    stage.open.get(faces)?.run(readRun(faces, { name: 'smiles' }));
    void stage.open.get(faces)?.rows(rows);
    expect(stage.sent).toMatchObject([
      {
        type: 'init',
        keys: [faces, cats],
        preferences: { smoothing: 0.5 },
        translations: { Pause: 'Anhalten' },
      },
      {
        type: 'run',
        run: {
          key: faces,
          baseUri: `uri:${faces}`,
          control: 'here',
          actions: ['pause', 'stop', 'checkpoint', 'sample'],
        },
      },
      { type: 'rows', key: faces, from: 0 },
    ]);
    expect(stage.shown).toEqual([
      { folder: faces, name: 'smiles', read: true },
      { folder: cats, name: 'cats', read: false },
    ]);
  });

  it('gives everything anew to a page that is ready again', async () => {
    const session = stage.session();
    await session.hear({ type: 'ready' });
    const before = stage.open.get(faces);
    stage.sent.length = 0;
    await session.hear({ type: 'ready' });
    expect(stage.sent).toMatchObject([{ type: 'init' }]);
    expect(stage.open.get(faces)).not.toBe(before);
  });

  it('reads nothing for a page that is hidden, and says nothing to it', async () => {
    const session = stage.session([faces, cats]);
    await session.hear({ type: 'ready' });
    stage.open.get(faces)?.run(readRun(faces));
    stage.sent.length = 0;
    session.hide();
    stage.controlChanged.fire(faces);
    stage.trustGranted.fire();
    expect(stage.open.size).toBe(0);
    expect(stage.sent).toEqual([]);
  });

  it('reads one run anew whose rows were missed', async () => {
    const session = stage.session([faces, cats]);
    await session.hear({ type: 'ready' });
    const [ofFaces, ofCats] = [stage.open.get(faces), stage.open.get(cats)];
    await session.hear({ type: 'resync', key: cats });
    expect(stage.open.get(faces)).toBe(ofFaces);
    expect(stage.open.get(cats)).not.toBe(ofCats);
  });

  it('tells of control and trust as they change', async () => {
    const session = stage.session();
    stage.isTrusted = false;
    await session.hear({ type: 'ready' });
    stage.open.get(faces)?.run(readRun(faces));
    const [untrusted] = stage.told('run');
    expect(untrusted.run.actions).toEqual([]);
    expect(untrusted.run.restricted).toMatch('not trusted');
    stage.isTrusted = true;
    stage.trustGranted.fire();
    const [trusted] = stage.told('run');
    expect(trusted.run.actions).toContain('pause');
    expect(trusted.run.restricted).toBeUndefined();
    stage.control = 'nobody';
    stage.controlChanged.fire(faces);
    expect(stage.told('run')[0].run).toMatchObject({ control: 'nobody', actions: [] });
    stage.controlChanged.fire(cats);
    expect(stage.sent).toEqual([]);
  });

  it('carries out what can be done now and nothing else', async () => {
    const session = stage.session();
    await session.hear({ type: 'ready' });
    await session.hear({ type: 'action', key: faces, action: 'pause' });
    expect(stage.did).toEqual([]);
    stage.open.get(faces)?.run(readRun(faces));
    await session.hear({ type: 'action', key: faces, action: 'pause' });
    expect(stage.did).toEqual([['act', faces, 'pause']]);
    await session.hear({ type: 'action', key: faces, action: 'resume' });
    expect(stage.did).toHaveLength(1);
    expect(stage.told('problem')[0].message).toMatch('nothing was done');
  });

  it('has exact norms computed by a trainer that obeys, and by no other', async () => {
    const session = stage.session();
    await session.hear({ type: 'ready' });
    const ask = { type: 'exactEvery', key: faces, every: 10 };
    await session.hear(ask);
    expect(stage.did).toEqual([]);
    stage.open.get(faces)?.run(readRun(faces));
    await session.hear(ask);
    expect(stage.did).toEqual([['setExactEvery', faces, 10]]);
    stage.control = 'elsewhere';
    await session.hear(ask);
    stage.control = 'here';
    stage.isTrusted = false;
    await session.hear(ask);
    stage.isTrusted = true;
    stage.open.get(faces)?.run(readRun(faces, { status: 'finished' }));
    await session.hear(ask);
    expect(stage.did).toHaveLength(1);
    expect(stage.told('problem')).toHaveLength(3);
  });

  it('does nothing with the folder of a run that is gone', async () => {
    const session = stage.session();
    await session.hear({ type: 'ready' });
    stage.open.get(faces)?.run(readRun(faces, { status: 'dead', gone: true }));
    expect(stage.told('run')[0].run.actions).toEqual([]);
  });

  it('leads to places, exports, and keeps preferences', async () => {
    const session = stage.session();
    const contents = Uint8Array.of(1, 2);
    for (const message of [
      { type: 'open', key: faces, place: 'checkpoint', step: 5 },
      { type: 'save', name: 'a.png', contents },
      { type: 'exportScalars', key: faces, format: 'csv', tags: ['loss/d'] },
      { type: 'exportAnimation', key: faces, format: 'gif' },
      { type: 'exportGrid', key: faces, step: 7 },
      { type: 'preferences', preferences: { smoothing: 0.9 } },
    ]) {
      await session.hear(message);
    }
    expect(stage.did).toMatchObject([
      ['open', faces, 'checkpoint', 5],
      ['save', 'a.png', contents],
      ['scalars', faces, { format: 'csv', tags: ['loss/d'] }],
      ['animation', faces, 'gif'],
      ['grid', faces, 7],
      ['keep', { smoothing: 0.9 }],
    ]);
  });

  it('shows on the page what did not work, and logs what is a defect', async () => {
    const session = stage.session();
    await session.hear({ type: 'ready' });
    stage.fault = new UserError('The disk is full.');
    await session.hear({ type: 'exportGrid', key: faces, step: 7 });
    expect(stage.told('problem')[0].message).toBe('The disk is full.');
    expect(stage.log).toEqual([]);
    stage.fault = new TypeError('undefined is not a function');
    await session.hear({ type: 'exportGrid', key: faces, step: 7 });
    expect(stage.told('problem')).toHaveLength(1);
    expect(stage.log.join()).toMatch('TypeError: undefined is not a function');
  });

  it('adds runs that were chosen and removes them again', async () => {
    const session = stage.session();
    await session.hear({ type: 'ready' });
    stage.chosen = [cats, faces];
    await session.hear({ type: 'addRuns' });
    expect(stage.told('keys')[0].keys).toEqual([faces, cats]);
    expect([...stage.open.keys()]).toEqual([faces, cats]);
    await session.hear({ type: 'removeRun', key: faces });
    expect(session.shown).toEqual([cats]);
    expect([...stage.open.keys()]).toEqual([cats]);
    await session.hear({ type: 'removeRun', key: cats });
    expect(session.shown).toEqual([cats]);
  });

  it('shows a bounded number of runs and says so', async () => {
    const session = stage.session();
    await session.hear({ type: 'ready' });
    session.add(Array.from({ length: 2 * MAX_RUNS }, (_, i) => `/runs/${i}`));
    expect(session.shown).toHaveLength(MAX_RUNS);
    expect(stage.told('problem')).toHaveLength(1);
  });

  it('says once that a run is not there, and shows it when it is', async () => {
    const session = stage.session();
    await session.hear({ type: 'ready' });
    stage.open.get(faces)?.unreadable(`${faces} is not a run folder.`);
    stage.open.get(faces)?.unreadable(`${faces} cannot be read.`);
    expect(stage.told('problem')).toHaveLength(2);
    expect(stage.missed).toEqual([faces]);
    stage.open.get(faces)?.run(readRun(faces));
    expect(stage.told('run')).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ['no object', 'ready'],
    ['an unknown type', { type: 'eval', code: '1' }],
    ['an unknown action', { type: 'action', key: faces, action: 'delete' }],
    ['steps below 0', { type: 'exactEvery', key: faces, every: -1 }],
    ['steps that are no number', { type: 'exactEvery', key: faces, every: '1' }],
    ['an unknown place', { type: 'open', key: faces, place: '/etc/passwd' }],
    ['a step that is none', { type: 'exportGrid', key: faces, step: '../../secret' }],
    ['contents that are no bytes', { type: 'save', name: 'a', contents: { length: 1 } }],
    ['huge preferences', { type: 'preferences', preferences: 'x'.repeat(1e6) }],
  ])('answers nothing to %s', async (_what, message) => {
    await stage.session().hear(message);
    expect(stage.did).toEqual([]);
    expect(stage.log).toHaveLength(1);
  });

  it('answers nothing about runs that are not shown', async () => {
    const session = stage.session();
    await session.hear({ type: 'ready' });
    stage.sent.length = 0;
    const key = '/somewhere/else';
    for (const message of [
      { type: 'resync', key },
      { type: 'action', key, action: 'stop' },
      { type: 'exactEvery', key, every: 1 },
      { type: 'open', key, place: 'folder' },
      { type: 'removeRun', key },
      { type: 'exportScalars', key, format: 'csv' },
      { type: 'exportAnimation', key, format: 'gif' },
      { type: 'exportGrid', key, step: 1 },
    ]) {
      await session.hear(message);
    }
    expect([...stage.open.keys()]).toEqual([faces]);
    expect(stage.did).toEqual([]);
    expect(stage.sent).toEqual([]);
  });

  it('logs defects of the page, but not without end', async () => {
    const session = stage.session();
    for (let i = 0; i < 100; i++) {
      await session.hear({ type: 'pageError', message: 'defect', stack: 'at draw' });
    }
    expect(stage.log[0]).toBe('Dashboard page: defect\nat draw');
    expect(stage.log.length).toBe(20);
  });
});
