import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Emitter, type Subscription } from '../emitter';
import { mapBounded } from './bounded';
import { isBroken, type BrokenRun } from './brokenRun';
import type { ListedRun } from './listedRun';
import { isLiving } from './livingRun';
import { foldersIn, readFoundRun } from './readFoundRun';

/** Open files at once: enough to keep a disk busy, far below every system's limit. */
const READS_AT_ONCE = 32;
/** Changes that come together are told together. */
const COALESCE_MS = 100;
/** A killed trainer changes no file, so living runs are looked at this often. */
const POLL_MS = 2_000;

/** What changed in the list. */
export interface RunListChange {
  /** Runs came, went or took another place; everything may have moved. */
  readonly listChanged: boolean;
  /** Folders of the runs that read otherwise than before, also of new ones. */
  readonly folders: readonly string[];
}

/** Calls back with the folder of a run (or of what may become one) when something in it changes. */
export type WatchRuns = (
  runsFolder: string,
  onChange: (folder: string) => void,
  onEverything: () => void,
) => Subscription;

export interface RunListOptions {
  /** Paths of the runs folders, read anew at every refresh. */
  readonly folders: () => readonly string[];
  readonly watch: WatchRuns;
  /** Keeps a runs folder among those that `folders` gives. */
  readonly remember: (runsFolder: string) => void;
  /** Told what nobody expected. */
  readonly onError: (thrown: unknown) => void;
  readonly pollMs?: number;
  readonly coalesceMs?: number;
}

type Found = ListedRun | BrokenRun;

/** Every run in the runs folders, kept up to date. */
export class RunList {
  private readonly changed = new Emitter<RunListChange>();
  readonly onDidChange = this.changed.event;
  /** Resolves when the runs have been read for the first time. */
  readonly ready: Promise<void>;

  private readonly found = new Map<string, Found>();
  private sorted: { runs: ListedRun[]; broken: BrokenRun[] } = { runs: [], broken: [] };
  private watchers = new Map<string, Subscription>();
  private readonly stale = new Set<string>();
  private staleTimer: NodeJS.Timeout | undefined;
  private readonly pollTimer: NodeJS.Timeout;
  /** Reads follow each other, so that an older one never overwrites a newer one. */
  private work: Promise<void> = Promise.resolve();
  private disposed = false;

  constructor(private readonly options: RunListOptions) {
    this.ready = this.refresh();
    this.pollTimer = setInterval(() => this.poll(), options.pollMs ?? POLL_MS);
    this.pollTimer.unref();
  }

  /** The runs that can be read, newest first. */
  get runs(): readonly ListedRun[] {
    return this.sorted.runs;
  }

  /** Those that cannot, by folder. */
  get broken(): readonly BrokenRun[] {
    return this.sorted.broken;
  }

  /** The run in a folder; undefined unless it lies in a runs folder and can be read. */
  find(folder: string): ListedRun | undefined {
    const run = this.found.get(folder);
    return run && !isBroken(run) ? run : undefined;
  }

  /** Looks for runs again, in the folders that are now set, and reads all of them. */
  refresh(): Promise<void> {
    return this.queue(async () => {
      const runsFolders = this.options.folders();
      this.watchExactly(runsFolders);
      const places = await Promise.all(runsFolders.map(foldersIn));
      // Also those that are known and may be gone.
      await this.readAll([...new Set([...places.flat(), ...this.found.keys()])]);
    });
  }

  /**
   * Lists the runs of one more folder, now and later: a config may say that its runs are kept
   * somewhere else. Only for folders in which the person has trained.
   */
  async include(runsFolder: string): Promise<void> {
    if (this.options.folders().includes(runsFolder)) return;
    this.options.remember(runsFolder);
    await this.refresh();
  }

  /** Reads one run again, or for the first time: for who knows that it has changed. */
  reread(folder: string): Promise<void> {
    return this.queue(() => this.readAll([folder]));
  }

  dispose(): void {
    this.disposed = true;
    clearInterval(this.pollTimer);
    clearTimeout(this.staleTimer);
    this.watchExactly([]);
    this.changed.dispose();
  }

  private queue(task: () => Promise<void>): Promise<void> {
    const done = this.work.then(() => (this.disposed ? undefined : task()));
    this.work = done.catch(this.options.onError);
    return this.work;
  }

  private watchExactly(runsFolders: readonly string[]): void {
    for (const [folder, watcher] of this.watchers) {
      if (runsFolders.includes(folder)) continue;
      watcher.dispose();
      this.watchers.delete(folder);
    }
    for (const folder of runsFolders) {
      if (this.watchers.has(folder)) continue;
      const watcher = this.options.watch(
        folder,
        (run) => this.note(run),
        () => void this.refresh(),
      );
      this.watchers.set(folder, watcher);
    }
  }

  private note(folder: string): void {
    this.stale.add(folder);
    this.staleTimer ??= setTimeout(() => {
      this.staleTimer = undefined;
      const folders = [...this.stale];
      this.stale.clear();
      void this.queue(() => this.readAll(folders));
    }, this.options.coalesceMs ?? COALESCE_MS);
  }

  private poll(): void {
    for (const { folder, status } of this.runs) if (isLiving(status)) this.note(folder);
  }

  private async readAll(folders: readonly string[]): Promise<void> {
    const read = await mapBounded(folders, READS_AT_ONCE, (folder) =>
      this.isPlaceOfRuns(folder)
        ? readFoundRun(folder, this.find(folder))
        : Promise.resolve(undefined),
    );
    if (this.disposed) return;
    const changed: string[] = [];
    let listChanged = false;
    folders.forEach((folder, i) => {
      const before = this.found.get(folder);
      const now = read[i];
      if (isDeepStrictEqual(before, now)) return;
      if (now) this.found.set(folder, now);
      else this.found.delete(folder);
      if (!before || !now || isBroken(before) !== isBroken(now)) listChanged = true;
      if (now) changed.push(folder);
    });
    if (!listChanged && changed.length === 0) return;
    this.sort();
    this.changed.fire({ listChanged, folders: changed });
  }

  /** Whether a folder lies directly in a runs folder: no other is ever listed or acted on. */
  private isPlaceOfRuns(folder: string): boolean {
    return this.watchers.has(path.dirname(folder)) && path.resolve(folder) === folder;
  }

  private sort(): void {
    const runs: ListedRun[] = [];
    const broken: BrokenRun[] = [];
    for (const found of this.found.values()) {
      if (isBroken(found)) broken.push(found);
      else runs.push(found);
    }
    const created = (run: ListedRun): number => Date.parse(run.identity.created) || 0;
    const byFolder = (a: Found, b: Found): number => b.folder.localeCompare(a.folder);
    runs.sort((a, b) => created(b) - created(a) || byFolder(a, b));
    this.sorted = { runs, broken: broken.sort(byFolder) };
  }
}
