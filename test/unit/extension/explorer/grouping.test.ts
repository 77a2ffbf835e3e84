import { describe, expect, it } from 'vitest';
import { groupRuns } from '../../../../src/extension/explorer/grouping';
import type { ListedRun } from '../../../../src/extension/runs/listedRun';
import type { RunStatus } from '../../../../src/shared/runFolder';
import { listedRun } from '../runs/someRuns';

const now = new Date(2026, 2, 14, 12);
/** A run of some day; the hour is this machine's. */
function run(
  folder: string,
  status: RunStatus,
  created: Date,
  more: { readonly name?: string; readonly starred?: boolean } = {},
): ListedRun {
  return listedRun(status, {
    folder,
    identity: { created: created.toISOString(), name: more.name ?? 'faces' },
    annotations: more.starred ? { starred: true } : {},
  });
}
const today = new Date(2026, 2, 14, 0, 0, 1);
const yesterday = new Date(2026, 2, 13, 23, 59, 59);

/** Labels with the folders under them. */
function shown(groups: ReturnType<typeof groupRuns>): Record<string, readonly string[]> {
  return Object.fromEntries(groups.map(({ label, folders }) => [label, folders]));
}

describe('groupRuns', () => {
  it('puts what lives first, and the others by the day they were made', () => {
    const runs = [
      run('a', 'finished', today),
      run('b', 'running', today),
      run('c', 'paused', yesterday),
      run('d', 'dead', yesterday),
      run('e', 'elsewhere', yesterday),
    ];
    const groups = groupRuns(runs, [], 'date', now);
    expect(Object.entries(shown(groups))).toEqual([
      ['Running', ['b', 'c', 'e']],
      ['Today', ['a']],
      ['Earlier', ['d']],
    ]);
  });

  it('leaves empty groups out', () => {
    expect(groupRuns([], [], 'date', now)).toEqual([]);
    const groups = groupRuns([run('a', 'stopped', yesterday)], [], 'date', now);
    expect(Object.keys(shown(groups))).toEqual(['Earlier']);
  });

  it('groups by config in the order of the newest run of each', () => {
    const runs = [
      run('a', 'finished', today, { name: 'cats' }),
      run('b', 'running', today, { name: 'dogs' }),
      run('c', 'finished', yesterday, { name: 'cats' }),
    ];
    expect(Object.entries(shown(groupRuns(runs, [], 'config', now)))).toEqual([
      ['cats', ['a', 'c']],
      ['dogs', ['b']],
    ]);
  });

  it('puts starred runs first in their group, the others in the order given', () => {
    const runs = [
      run('a', 'finished', today),
      run('b', 'finished', today, { starred: true }),
      run('c', 'finished', today),
      run('d', 'finished', today, { starred: true }),
    ];
    expect(shown(groupRuns(runs, [], 'date', now))['Today']).toEqual(['b', 'd', 'a', 'c']);
  });

  it('shows damaged runs last, however others are grouped', () => {
    const broken = [{ folder: 'x', flaw: 'It is damaged.' }];
    for (const by of ['date', 'config'] as const) {
      const groups = groupRuns([run('a', 'finished', today)], broken, by, now);
      expect(groups.at(-1)).toMatchObject({ label: 'Damaged', folders: ['x'] });
    }
  });

  it('gives a group the same id every day', () => {
    const ids = (date: Date): string[] =>
      groupRuns([run('a', 'finished', yesterday)], [], 'date', date).map(({ id }) => id);
    expect(ids(now)).toEqual(ids(new Date(2027, 0, 1)));
  });
});
