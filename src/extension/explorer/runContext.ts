import { actionsOf, type Control } from '../../shared/runActions';
import { contextKey, type ContextKey } from '../contributions';
import type { ListedRun } from '../runs/listedRun';
import type { Grouping } from './grouping';

/** Who may do what with a run, as far as that depends on more than the run. */
export interface RunRights {
  readonly control: (folder: string) => Control;
  readonly trusted: boolean;
}

/**
 * What menus know about a run in the tree: `run <status> <actions...> [weights] starred|unstarred`,
 * words with blanks between them.
 */
export function runContextValue(run: ListedRun, rights: RunRights): string {
  const actions = actionsOf(run.status, rights.control(run.folder), rights.trusted);
  const stars = run.annotations.starred ? 'starred' : 'unstarred';
  const weights = mayHaveWeights(run) ? ['weights'] : [];
  return ['run', run.status, ...actions, ...weights, stars].join(' ');
}

/** What menus and the palette know about all runs together. */
export function runContexts(
  runs: readonly ListedRun[],
  rights: RunRights,
  groupedBy: Grouping,
): Readonly<Partial<Record<ContextKey, boolean | string>>> {
  const actions = new Set(
    runs.flatMap(({ status, folder }) => actionsOf(status, rights.control(folder), rights.trusted)),
  );
  return {
    [contextKey.hasRuns]: runs.length > 0,
    [contextKey.canCompare]: runs.length > 1,
    [contextKey.canPause]: actions.has('pause'),
    [contextKey.canResume]: actions.has('resume'),
    [contextKey.canStop]: actions.has('stop'),
    [contextKey.canTakeControl]: actions.has('takeControl'),
    [contextKey.hasCheckpoints]: runs.some(mayHaveWeights),
    [contextKey.groupedBy]: groupedBy,
  };
}

/** Looking into every folder would cost more than a command that finds no checkpoint. */
function mayHaveWeights({ identity }: ListedRun): boolean {
  return identity.progress.step > 0;
}
