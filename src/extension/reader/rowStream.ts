import { join } from 'node:path';
import { ScalarColumns } from '../../runs/scalarColumns';
import { MAX_ROWS } from '../../runs/scalarColumnsTable';
import type { Rows } from '../../shared/dashboard';
import { runFile } from '../../shared/runFolder';
import { messageOf } from '../../shared/userError';
import { Pace } from './pace';

/** The first chunk is small, so that curves are seen at once. */
const FIRST_ROWS = 1000;
/** Values of a chunk: 4 MB, which every part of the way copies in a few milliseconds. */
const MAX_VALUES = 2 ** 20;
/** While a run trains: under twenty messages a second. */
const INTERVAL_MS = 55;
/**
 * Chunks on their way, 16 MB at most: while some are passed on, perhaps to another machine and with
 * its answers late, the next is parsed.
 */
const MAX_UNDERWAY = 4;

/** The rows of a run on their way to a page: all that are there, then those that come. */
export class RowStream {
  private readonly columns: ScalarColumns;
  private readonly pace: Pace;
  private size = FIRST_ROWS;
  private underway = 0;
  private trouble: string | undefined;
  private closed = false;

  /** @param changedFlaws is called when other sentences are in `flaws` */
  constructor(
    folder: string,
    private readonly send: (rows: Rows) => void,
    private readonly changedFlaws: () => void,
  ) {
    this.columns = new ScalarColumns(join(folder, runFile.scalars));
    this.pace = new Pace(() => this.pump(), INTERVAL_MS);
  }

  /** Sentences about rows that cannot be read. */
  get flaws(): readonly string[] {
    return this.trouble === undefined ? this.columns.flaws : [this.trouble];
  }

  /** Says that the file may have grown. */
  look(): void {
    this.pace.ask();
  }

  /** Says that a chunk has been passed on. */
  taken(): void {
    const waited = this.underway-- === MAX_UNDERWAY;
    if (waited) this.pace.ask(true);
  }

  close(): void {
    this.closed = true;
    this.pace.close();
  }

  private async pump(): Promise<void> {
    const flaws = this.flaws.join();
    await this.sendAll();
    if (this.flaws.join() !== flaws) this.changedFlaws();
  }

  private async sendAll(): Promise<void> {
    let more = true;
    while (more && this.underway < MAX_UNDERWAY && !this.closed) {
      const rows = await this.readNext();
      if (rows === undefined || this.closed) return;
      this.underway++;
      this.send(rows);
      const tags = Object.keys(rows.columns).length;
      this.size = Math.min(2 * this.size, MAX_ROWS, Math.ceil(MAX_VALUES / (tags + 1)));
      more = rows.from + rows.steps.length < rows.total;
    }
  }

  private async readNext(): Promise<Rows | undefined> {
    try {
      const rows = await this.columns.read(this.size);
      this.trouble = undefined;
      return rows;
    } catch (thrown) {
      this.trouble = messageOf(thrown);
      return undefined;
    }
  }
}
