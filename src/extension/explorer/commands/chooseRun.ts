import type { RunCommandParts } from './runCommands';

/** Which run a command is about, and a way for other rooms to ask for one. */
export class RunChooser {
  constructor(private readonly parts: RunCommandParts) {}

  /**
   * Lets the person choose runs to compare with.
   *
   * @param shown runs that need not be offered
   * @returns their folders; none where the person thought better of it
   */
  chooseRuns(shown: readonly string[]): Promise<readonly string[]> {
    return Promise.resolve(this.parts.runs.runs.length < 0 ? shown : []);
  }
}
