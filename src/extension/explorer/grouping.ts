import { t } from '@vscode/l10n';
import type { BrokenRun } from '../runs/brokenRun';
import type { ListedRun } from '../runs/listedRun';
import { isLiving } from '../runs/livingRun';

export const groupings = ['date', 'config'] as const;
/** What the runs are grouped by. */
export type Grouping = (typeof groupings)[number];

/** Some runs under a heading. */
export interface RunGroup {
  /** Stable: by it VS Code remembers what is folded. */
  readonly id: string;
  readonly label: string;
  /** Folders of the runs in the order in which they are shown. */
  readonly folders: readonly string[];
}

/**
 * The groups that have runs, in the order in which they are shown. Starred runs come first in
 * their group, the others as they are given.
 *
 * @param runs newest first
 */
export function groupRuns(
  runs: readonly ListedRun[],
  broken: readonly BrokenRun[],
  by: Grouping,
  now: Date,
): RunGroup[] {
  const groups = by === 'date' ? byDate(runs, now) : byConfig(runs);
  const damaged = { id: 'broken', label: t('Damaged'), folders: broken.map(folderOf) };
  return [...groups, damaged].filter(({ folders }) => folders.length > 0);
}

function byDate(runs: readonly ListedRun[], now: Date): RunGroup[] {
  const living = runs.filter(({ status }) => isLiving(status));
  const ended = runs.filter(({ status }) => !isLiving(status));
  const today = now.toDateString();
  const isToday = (run: ListedRun): boolean =>
    new Date(run.identity.created).toDateString() === today;
  return [
    group('running', t('Running'), living),
    group('today', t('Today'), ended.filter(isToday)),
    group(
      'earlier',
      t('Earlier'),
      ended.filter((run) => !isToday(run)),
    ),
  ];
}

/** In the order of the newest run of each config. */
function byConfig(runs: readonly ListedRun[]): RunGroup[] {
  const groups = new Map<string, ListedRun[]>();
  for (const run of runs) {
    const { name } = run.identity;
    const members = groups.get(name);
    if (members) members.push(run);
    else groups.set(name, [run]);
  }
  return [...groups].map(([name, members]) => group(`config:${name}`, name, members));
}

function group(id: string, label: string, runs: readonly ListedRun[]): RunGroup {
  const starred = runs.filter(({ annotations }) => annotations.starred);
  const others = runs.filter(({ annotations }) => !annotations.starred);
  return { id, label, folders: [...starred, ...others].map(folderOf) };
}

function folderOf({ folder }: { readonly folder: string }): string {
  return folder;
}
