import path from 'node:path';
import { t } from '@vscode/l10n';
import type { FromDashboard, Rows, RunView, ToDashboard } from '../../shared/dashboard';
import { actionsOf, isCommanded } from '../../shared/runActions';
import { PageFaults } from '../pageFaults';
import type { ReadRun } from '../reader/protocol';
import type { ReaderThread, Reading } from '../reader/readerThread';
import { untrustedReason } from '../supervisor/untrusted';
import type { DashboardHost } from './dashboardHost';
import { MAX_RUNS, parseMessage } from './messages';

/** The page of a dashboard, and the panel around it. */
export interface DashboardPage {
  /** Fulfilled when the page has the message, or is known never to get it. */
  post(message: ToDashboard): PromiseLike<unknown>;
  /** Address of a run folder for images. */
  baseUri(folder: string): string;
  /**
   * These runs are shown now, the primary one first. A page that has to be loaded again for that
   * says `ready` once more.
   */
  showsRuns(runs: readonly ShownRun[]): void;
  /** There is no such run; the sentence says which and why. */
  misses(folder: string, why: string): void;
}

export interface ShownRun {
  readonly folder: string;
  readonly name: string;
  /** Whether the folder has been read and is a run. */
  readonly read: boolean;
}

/** What can be taken out of a run as a file; each asks where to. */
export interface PageExports {
  scalars(
    folder: string,
    options: Pick<Extract<FromDashboard, { type: 'exportScalars' }>, 'format' | 'tags'>,
  ): Promise<void>;
  animation(folder: string, format: 'gif' | 'apng'): Promise<void>;
  grid(folder: string, step: number): Promise<void>;
  save(name: string, contents: Uint8Array): Promise<void>;
}

export interface SessionParts {
  readonly host: DashboardHost;
  readonly reader: Pick<ReaderThread, 'read'>;
  readonly exports: PageExports;
  readonly page: DashboardPage;
  readonly log: { warn(message: string): void; error(message: string): void };
  /** For the page; absent where the display language is English. */
  readonly translations: Readonly<Record<string, string>> | undefined;
}

/**
 * What one dashboard shows, and what its page may ask for. The page is a mirror: it says `ready`
 * whenever it has been loaded and gets everything; while it is hidden it does not exist, and nothing
 * is read for it.
 */
export class DashboardSession {
  private readonly readings = new Map<string, Reading>();
  /** What was last read of the runs that are shown. */
  private readonly runs = new Map<string, ReadRun>();
  private readonly subscriptions;
  private ready = false;
  private readonly faults: PageFaults;

  /** @param keys folders of the runs to show, the primary one first; at least one */
  constructor(
    private keys: readonly string[],
    private readonly parts: SessionParts,
  ) {
    const { host } = parts;
    this.faults = new PageFaults('Dashboard page', parts.log, (why) => this.problem(why));
    this.subscriptions = [
      host.onDidChangeControl((folder) => this.showRun(folder)),
      host.onDidGrantTrust(() => this.keys.forEach((key) => this.showRun(key))),
    ];
  }

  /** The runs that are shown, the primary one first. */
  get shown(): readonly string[] {
    return this.keys;
  }

  /** Shows more runs beside those that are shown. */
  add(folders: readonly string[]): void {
    const added = folders.filter((folder) => !this.keys.includes(folder));
    const room = MAX_RUNS - this.keys.length;
    if (added.length > room) {
      this.problem(t('A dashboard shows at most {0} runs; the others were left out.', MAX_RUNS));
    }
    if (added.length > 0 && room > 0) this.changeKeys([...this.keys, ...added.slice(0, room)]);
  }

  /** Stops showing a run, unless it is the only one. */
  remove(folder: string): void {
    const rest = this.keys.filter((key) => key !== folder);
    if (rest.length > 0 && rest.length < this.keys.length) this.changeKeys(rest);
  }

  /** The page is hidden, which means that it is no more: nothing is read until it is back. */
  hide(): void {
    this.ready = false;
    for (const key of [...this.readings.keys()]) this.stopReading(key);
  }

  /** Takes what the page says. */
  async hear(said: unknown): Promise<void> {
    const message = parseMessage(said);
    if (typeof message === 'string') this.parts.log.warn(message);
    else if ('key' in message && !this.keys.includes(message.key)) return;
    else await this.faults.guard(() => this.answer(message));
  }

  dispose(): void {
    this.hide();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private answer(message: FromDashboard): Promise<void> | void {
    const { host, exports } = this.parts;
    switch (message.type) {
      case 'ready':
        return this.begin();
      case 'resync':
        return this.startReading(message.key);
      case 'action':
        return this.act(message);
      case 'exactEvery':
        return this.setExactEvery(message);
      case 'open':
        return host.open(message.key, message.place, message.step);
      case 'addRuns':
        return this.chooseRuns();
      case 'removeRun':
        return this.remove(message.key);
      case 'save':
        return exports.save(message.name, message.contents);
      case 'exportScalars':
        return exports.scalars(message.key, message);
      case 'exportAnimation':
        return exports.animation(message.key, message.format);
      case 'exportGrid':
        return exports.grid(message.key, message.step);
      case 'preferences':
        return host.keepPreferences(message.preferences);
      case 'pageError':
        return this.faults.note(message);
    }
  }

  private begin(): void {
    const { host, translations } = this.parts;
    this.ready = true;
    this.post({
      type: 'init',
      keys: this.keys,
      preferences: host.preferences(),
      ...(translations && { translations }),
    });
    for (const key of this.keys) this.startReading(key);
  }

  private startReading(key: string): void {
    this.stopReading(key);
    let missed = false;
    const reading = this.parts.reader.read(key, {
      run: (run) => {
        const old = this.runs.get(key);
        this.runs.set(key, run);
        this.showRun(key);
        if (old?.name !== run.name) this.tellRuns();
      },
      rows: (rows: Rows) => this.parts.page.post({ type: 'rows', key, ...rows }),
      unreadable: (why) => {
        this.problem(why);
        if (!missed && !this.runs.has(key)) this.parts.page.misses(key, why);
        missed = true;
      },
    });
    this.readings.set(key, reading);
  }

  private stopReading(key: string): void {
    this.readings.get(key)?.close();
    this.readings.delete(key);
  }

  private changeKeys(keys: readonly string[]): void {
    const gone = this.keys.filter((key) => !keys.includes(key));
    const added = keys.filter((key) => !this.keys.includes(key));
    this.keys = keys;
    for (const key of gone) {
      this.stopReading(key);
      this.runs.delete(key);
    }
    if (this.ready) {
      this.post({ type: 'keys', keys });
      for (const key of added) this.startReading(key);
    }
    this.tellRuns();
  }

  private showRun(key: string): void {
    const run = this.runs.get(key);
    if (run !== undefined && this.readings.has(key))
      this.post({ type: 'run', run: this.viewOf(run) });
  }

  private viewOf({ gone, ...run }: ReadRun): RunView {
    const { host, page } = this.parts;
    const control = host.control(run.key);
    const trusted = host.trusted();
    return {
      ...run,
      control,
      // Nothing can be done with a folder that is not there.
      actions: gone ? [] : actionsOf(run.status, control, trusted),
      ...(!trusted && { restricted: untrustedReason() }),
      baseUri: page.baseUri(run.key),
    };
  }

  private async act({ key, action }: Extract<FromDashboard, { type: 'action' }>): Promise<void> {
    const run = this.runs.get(key);
    if (run === undefined) return;
    // What the page offered may have been overtaken by what happened.
    if (this.viewOf(run).actions.includes(action)) await this.parts.host.act(key, action);
    else this.problem(t('"{0}" is doing something else by now, so nothing was done.', run.name));
  }

  private async setExactEvery({
    key,
    every,
  }: Extract<FromDashboard, { type: 'exactEvery' }>): Promise<void> {
    const run = this.runs.get(key);
    if (run === undefined) return;
    const { host } = this.parts;
    if (isCommanded(run.status, host.control(key), host.trusted())) {
      await host.setExactEvery(key, every);
    } else {
      this.problem(t('"{0}" is doing something else by now, so nothing was done.', run.name));
    }
  }

  private async chooseRuns(): Promise<void> {
    this.add(await this.parts.host.chooseRuns(this.keys));
  }

  private tellRuns(): void {
    const runs = this.keys.map((folder) => {
      const run = this.runs.get(folder);
      return { folder, name: run?.name ?? path.basename(folder), read: run !== undefined };
    });
    this.parts.page.showsRuns(runs);
  }

  private problem(message: string): void {
    this.post({ type: 'problem', message });
  }

  /** A page that is not there yet gets everything when it is. */
  private post(message: ToDashboard): void {
    if (this.ready) void this.parts.page.post(message);
  }
}
