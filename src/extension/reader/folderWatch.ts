import { type FSWatcher, watch } from 'node:fs';
import { stat } from 'node:fs/promises';

interface Watched {
  readonly watcher: FSWatcher;
  /** A folder of the same name that was made anew has another one. */
  readonly inode: number;
}

/**
 * Says that something may have changed in some folders: at once where the system tells, and once a
 * second in any case, because network folders tell nothing and the death of a process changes no
 * file. Folders may come and go.
 */
export class FolderWatch {
  private readonly watched = new Map<string, Watched>();
  private readonly timer: NodeJS.Timeout;
  private closed = false;

  /**
   * @param folders their contents are watched, not those of folders in them
   * @param ignored names of files whose changes mean nothing
   */
  constructor(
    private readonly folders: readonly string[],
    private readonly ignored: (name: string) => boolean,
    private readonly changed: () => void,
    interval = 1000,
  ) {
    this.timer = setInterval(() => this.poll(), interval);
    void this.watchAll();
  }

  close(): void {
    this.closed = true;
    clearInterval(this.timer);
    for (const folder of this.folders) this.unwatch(folder);
  }

  private poll(): void {
    void this.watchAll();
    this.changed();
  }

  private async watchAll(): Promise<void> {
    for (const folder of this.folders) {
      const inode = await inodeOf(folder);
      const known = this.watched.get(folder);
      if (this.closed || (known !== undefined && known.inode === inode)) continue;
      this.unwatch(folder);
      if (inode !== undefined) this.watch(folder, inode);
    }
  }

  private watch(folder: string, inode: number): void {
    try {
      const watcher = watch(folder, { persistent: false }, (_event, name) => {
        if (name === null || !this.ignored(name)) this.changed();
      });
      // No more watches to be had, or the folder went away; looking once a second goes on.
      watcher.on('error', () => this.unwatch(folder));
      this.watched.set(folder, { watcher, inode });
    } catch {
      // As above: this folder is only looked at once a second.
      return;
    }
    // What changed before the system began to tell.
    this.changed();
  }

  private unwatch(folder: string): void {
    this.watched.get(folder)?.watcher.close();
    this.watched.delete(folder);
  }
}

async function inodeOf(folder: string): Promise<number | undefined> {
  try {
    return (await stat(folder)).ino;
  } catch {
    // Not there, or not to be seen by us.
    return undefined;
  }
}
