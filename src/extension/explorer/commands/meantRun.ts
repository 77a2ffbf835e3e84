import type { ListedRun } from '../../runs/listedRun';

/** What a command without an argument may be about. */
export interface Candidates {
  /** The runs that the command can do something with. */
  readonly eligible: readonly ListedRun[];
  /** Folder of the primary run of the dashboard that is the active editor. */
  readonly dashboard: string | undefined;
  /** The runs that are selected in the view. */
  readonly selected: readonly ListedRun[];
}

/**
 * The run that a person means who calls a command from the palette: that of the dashboard before
 * them, else the one selected, else the only one there is. Undefined: ask.
 */
export function meantRun({ eligible, dashboard, selected }: Candidates): ListedRun | undefined {
  const shown = eligible.find(({ folder }) => folder === dashboard);
  if (shown) return shown;
  const chosen = eligible.filter(({ folder }) => selected.some((run) => run.folder === folder));
  if (chosen.length === 1) return chosen[0];
  return eligible.length === 1 ? eligible[0] : undefined;
}
