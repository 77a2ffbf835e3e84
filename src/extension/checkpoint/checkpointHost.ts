/**
 * Everything that pages with weight files need of the rest of the extension, so that they know no
 * commands and tests can play it.
 */
export interface CheckpointHost {
  /** Opens the dashboard of a run. @throws UserError where there is none */
  openRun(folder: string): Promise<void>;
  /** Shows a file where files are looked at. */
  revealFile(file: string): Promise<void>;
  /**
   * Lets the person choose files to compare with.
   *
   * @param shown files that are shown already and need not be offered
   * @returns their paths; none where the person thought better of it
   */
  chooseFiles(shown: readonly string[]): Promise<readonly string[]>;
  /** Asks where to save a file. @throws UserError where the file system refuses */
  save(name: string, contents: Uint8Array): Promise<void>;
  /** Puts a text into the clipboard. */
  copy(text: string): PromiseLike<void>;
  /** What the pages keep for every file (globalState); undefined before the first. */
  preferences(): unknown;
  keepPreferences(preferences: unknown): void;
}
