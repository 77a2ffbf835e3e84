import { join } from 'node:path';
import type { Rows } from '../../shared/dashboard';
import { runFile } from '../../shared/runFolder';
import { messageOf } from '../../shared/userError';
import { FolderWatch } from './folderWatch';
import { Pace } from './pace';
import type { ReadRun } from './protocol';
import { RowStream } from './rowStream';
import { RunSnapshot } from './runSnapshot';

/** A trainer replaces run.json at every logged step; seven looks a second show enough of that. */
const SNAPSHOT_MS = 150;

/** What becomes of what is read. */
export interface ReadingListener {
  run(run: ReadRun): void;
  rows(rows: Rows): void;
  unreadable(why: string): void;
}

/** One run that somebody looks at: read to its end, then watched. */
export class RunReading {
  private readonly snapshot: RunSnapshot;
  private readonly rows: RowStream;
  private readonly looks = new Pace(() => this.lookAtFolder(), SNAPSHOT_MS);
  private readonly watch: FolderWatch;
  /** What was said last, not to be said twice. */
  private said = '';
  private begun = false;
  private closed = false;

  constructor(
    folder: string,
    private readonly listener: ReadingListener,
  ) {
    this.snapshot = new RunSnapshot(folder, () => this.looks.ask());
    this.rows = new RowStream(
      folder,
      (rows) => this.listener.rows(rows),
      () => this.looks.ask(),
    );
    const folders = [folder, join(folder, runFile.samples), join(folder, runFile.checkpoints)];
    this.watch = new FolderWatch(folders, isIgnored, () => this.look());
    this.look();
  }

  /** Says that a chunk of rows has been passed on. */
  taken(): void {
    this.rows.taken();
  }

  close(): void {
    this.closed = true;
    this.watch.close();
    this.looks.close();
    this.rows.close();
  }

  private look(): void {
    // A page has no place for rows before it knows the run.
    if (this.begun) this.rows.look();
    this.looks.ask();
  }

  private async lookAtFolder(): Promise<void> {
    const found = await this.lookSafely();
    const text = JSON.stringify(found);
    if (this.closed || text === this.said) return;
    this.said = text;
    if (typeof found === 'string') {
      this.listener.unreadable(found);
      return;
    }
    this.listener.run(found);
    if (!this.begun) this.rows.look();
    this.begun = true;
  }

  private async lookSafely(): Promise<ReadRun | string> {
    try {
      return await this.snapshot.look(this.rows.flaws);
    } catch (thrown) {
      return messageOf(thrown);
    }
  }
}

/** Files that change all the time and say nothing about the run, and unfinished ones. */
function isIgnored(name: string): boolean {
  return (
    name === runFile.lease ||
    name === runFile.log ||
    name.startsWith('.') ||
    name.startsWith('events.out.tfevents.')
  );
}
