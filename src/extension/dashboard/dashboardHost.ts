import type { Event } from 'vscode';
import type { DashboardPlace } from '../../shared/dashboard';
import type { Control, RunAction } from '../../shared/runActions';

/**
 * Everything that dashboards need of the rest of the extension, so that they know neither trainers
 * nor commands and tests can play both. Runs are named by the path of their folder.
 */
export interface DashboardHost {
  /** Who may command the trainer of a run. */
  control(folder: string): Control;
  /** Says the folder of the run whose control changed. */
  readonly onDidChangeControl: Event<string>;

  /** Whether the workspace is trusted: an untrusted one may look and not train. */
  trusted(): boolean;
  readonly onDidGrantTrust: Event<void>;

  /**
   * Carries an action out.
   *
   * @throws UserError where that did not work; the dashboard shows its message
   */
  act(folder: string, action: RunAction): Promise<void>;

  /**
   * Lets a run that trains compute exact norms every so many steps; 0: at sample grids only.
   *
   * @throws UserError where that did not work
   */
  setExactEvery(folder: string, every: number): Promise<void>;

  /**
   * Leads to a place that belongs to a run.
   *
   * @param step of the checkpoint that is meant
   * @throws UserError where the place cannot be opened
   */
  open(folder: string, place: DashboardPlace, step?: number): Promise<void>;

  /**
   * Lets the person choose runs to compare with.
   *
   * @param shown runs that are shown already and need not be offered
   * @returns their folders; none where the person thought better of it
   */
  chooseRuns(shown: readonly string[]): Promise<readonly string[]>;

  /** What the pages keep for every dashboard (globalState); undefined before the first. */
  preferences(): unknown;
  keepPreferences(preferences: unknown): void;
}
