import { describe, expect, it } from 'vitest';
import { runContexts, runContextValue } from '../../../../src/extension/explorer/runContext';
import type { Control } from '../../../../src/shared/runActions';
import { listedRun } from '../runs/someRuns';

const rights = (control: Control, trusted = true) => ({ control: () => control, trusted });

describe('what menus know about a run', () => {
  it.each([
    ['running', 'here', 'run running pause stop checkpoint sample weights unstarred'],
    ['running', 'elsewhere', 'run running takeControl weights unstarred'],
    ['running', 'nobody', 'run running weights unstarred'],
    ['paused', 'here', 'run paused resume stop checkpoint sample weights unstarred'],
    ['dead', 'nobody', 'run dead resume weights unstarred'],
    ['elsewhere', 'nobody', 'run elsewhere weights unstarred'],
  ] as const)('%s, controlled %s: %s', (status, control, expected) => {
    expect(runContextValue(listedRun(status), rights(control))).toBe(expected);
  });

  it('has no action in an untrusted workspace, and a word for stars', () => {
    const starred = listedRun('running', { annotations: { starred: true } });
    expect(runContextValue(starred, rights('here', false))).toBe('run running weights starred');
  });
});

describe('what menus know about the weights of a run', () => {
  it('is that there are none before its first step', () => {
    const { identity } = listedRun('running');
    const fresh = listedRun('running', {
      identity: { ...identity, progress: { ...identity.progress, step: 0 } },
    });
    expect(runContextValue(fresh, rights('nobody'))).toBe('run running unstarred');
  });
});

describe('what menus know about all runs', () => {
  it('is what can be done with some of them', () => {
    const controls: Record<string, Control> = { a: 'here', b: 'elsewhere' };
    const runs = [
      listedRun('running', { folder: 'a' }),
      listedRun('paused', { folder: 'b' }),
      listedRun('finished', { folder: 'c' }),
    ];
    const control = (folder: string): Control => controls[folder] ?? 'nobody';
    expect(runContexts(runs, { control, trusted: true }, 'date')).toEqual({
      'snGan.hasRuns': true,
      'snGan.canCompare': true,
      'snGan.canPause': true,
      'snGan.canResume': true,
      'snGan.canStop': true,
      'snGan.canTakeControl': true,
      'snGan.hasCheckpoints': true,
      'snGan.groupedBy': 'date',
    });
  });

  it('is little without runs', () => {
    const contexts = runContexts([], rights('nobody'), 'config');
    expect(Object.entries(contexts).filter(([, value]) => value !== false)).toEqual([
      ['snGan.groupedBy', 'config'],
    ]);
  });
});
