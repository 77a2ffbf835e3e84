import { stat } from 'node:fs/promises';
import { messageOf } from '../../shared/userError';

/** Some file systems tell times of change to two seconds only. */
const COARSE_MS = 2000;

/** One file or folder of a run that is read again when it has changed, and only then. */
export class WatchedPart<T> {
  /** What was last read; stays where it cannot be read any more. */
  value: T | undefined;
  /** Why it could not be read, in one sentence. */
  flaw: string | undefined;
  private seen: string | undefined;

  constructor(
    private readonly path: string,
    private readonly read: () => Promise<T>,
  ) {}

  /** Takes a look; reads where that is needed. */
  async refresh(): Promise<void> {
    const found = await signature(this.path);
    if (found !== undefined && found === this.seen) return;
    this.seen = found;
    try {
      this.value = await this.read();
      this.flaw = undefined;
    } catch (thrown) {
      this.flaw = messageOf(thrown);
      this.seen = undefined;
    }
  }
}

/** Stands for the state of a file; undefined where another state could look the same. */
async function signature(path: string): Promise<string | undefined> {
  try {
    const { ino, size, mtimeMs } = await stat(path);
    const recent = Math.abs(Date.now() - mtimeMs) < COARSE_MS;
    return recent ? undefined : `${ino} ${size} ${mtimeMs}`;
  } catch {
    // Not there, which whoever reads it explains.
    return 'none';
  }
}
