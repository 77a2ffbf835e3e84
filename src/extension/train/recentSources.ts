import { existsSync } from 'node:fs';

/** As many as can be told apart at a glance. */
const KEPT = 5;
const KEY = 'recentSources';

/** The part of a `Memento` of VS Code that is used here. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): Thenable<void>;
}

/** Where the images of the last trainings came from, the newest first. */
export class RecentSources {
  constructor(
    private readonly memory: Memory,
    private readonly exists: (path: string) => boolean = existsSync,
  ) {}

  /** Absolute paths; those that are gone are left out, and are there again when they come back. */
  list(): readonly string[] {
    return this.remembered().filter(this.exists);
  }

  /** Puts a path first. */
  async add(source: string): Promise<void> {
    const others = this.remembered().filter((other) => other !== source);
    await this.memory.update(KEY, [source, ...others].slice(0, KEPT));
  }

  private remembered(): string[] {
    const value = this.memory.get(KEY);
    // Another version may have kept something else here.
    return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
  }
}
