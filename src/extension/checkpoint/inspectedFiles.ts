import type { Subscription } from '../emitter';
import { InspectedFile, type FileNews, type InspectionParts } from './inspectedFile';

/** How long what is known stays when no page has the file: moving an editor closes and opens it. */
const LINGER_MS = 5000;

/** A file that somebody has open. */
export interface OpenFile extends Subscription {
  readonly inspected: InspectedFile;
}

interface Shared {
  readonly inspected: InspectedFile;
  users: number;
  linger: NodeJS.Timeout | undefined;
}

/** The weight files of this window; pages that show the same one share what is computed of it. */
export class InspectedFiles {
  private readonly shared = new Map<string, Shared>();

  /** @param lingerMs how long a file stays that no page shows */
  constructor(
    private readonly parts: InspectionParts,
    private readonly lingerMs = LINGER_MS,
  ) {}

  /**
   * Begins to look into a file, unless that is done already, and tells what is known of it.
   *
   * @param listener is told until the result is disposed of
   */
  open(file: string, listener: (news: FileNews) => void): OpenFile {
    const shared = this.shared.get(file) ?? this.begin(file);
    clearTimeout(shared.linger);
    shared.users++;
    const listening = shared.inspected.listen(listener);
    let isOpen = true;
    return {
      inspected: shared.inspected,
      dispose: () => {
        if (!isOpen) return;
        isOpen = false;
        listening.dispose();
        if (--shared.users > 0) return;
        shared.linger = setTimeout(() => this.end(file), this.lingerMs);
        // A process that has nothing else to do need not wait for it.
        shared.linger.unref();
      },
    };
  }

  /** Looks into a file without a page, which is about to come. */
  warmUp(file: string): void {
    this.open(file, () => undefined).dispose();
  }

  dispose(): void {
    for (const file of [...this.shared.keys()]) this.end(file);
  }

  private begin(file: string): Shared {
    const shared = { inspected: new InspectedFile(file, this.parts), users: 0, linger: undefined };
    this.shared.set(file, shared);
    return shared;
  }

  private end(file: string): void {
    const shared = this.shared.get(file);
    clearTimeout(shared?.linger);
    this.shared.delete(file);
    shared?.inspected.dispose();
  }
}
