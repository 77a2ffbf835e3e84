import { describe, expect, it } from 'vitest';
import { MAX_RUNS, runsOfState } from '../../../src/extension/dashboard/messages';

describe('runsOfState', () => {
  it('finds the runs in what a page kept, whatever else it keeps', () => {
    expect(runsOfState({ keys: ['/runs/a', '/runs/b'], view: { cursor: 5 } })).toEqual([
      '/runs/a',
      '/runs/b',
    ]);
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['no runs', { keys: [], view: {} }],
    ['a relative path', { keys: ['../secret'], view: {} }],
    ['keys that are no paths', { keys: [1], view: {} }],
    ['too many runs', { keys: Array.from({ length: MAX_RUNS + 1 }, (_, i) => `/runs/${i}`) }],
  ])('finds none in %s', (_what, state) => {
    expect(runsOfState(state)).toBeUndefined();
  });
});
