import { describe, expect, it } from 'vitest';
import { keptViewOf } from '../../../webview/dashboard/keptView';
import { preferencesOf } from '../../../webview/dashboard/preferences';
import {
  defaultPreferences,
  defaultSamplesView,
  defaultValuesView,
  type Preferences,
} from '../../../webview/dashboard/viewState';

const strange = [undefined, null, 0, '', 'cursor', true, [], [1, 2], () => 1, NaN];

/** What the host keeps is plain data. */
function kept<T>(value: T): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe('a kept view', () => {
  const nothing = keptViewOf(undefined);

  it('comes back as it was', () => {
    const view = {
      cursor: 1500,
      zoom: { min: 1000, max: 2000 },
      yZoom: { loss: { min: -1, max: 4 } },
      samples: {
        run: '/runs/b',
        scale: 2,
        cell: 7,
        showReal: true,
        beside: { key: '/runs/c', step: null },
      },
      hiddenRuns: ['/runs/b'],
      values: {
        tags: ['loss/d'],
        statistic: 'best' as const,
        sort: { column: 'loss/d', descending: true },
      },
      open: { values: true, config: false },
      scroll: { curves: 240 },
    };
    expect(keptViewOf(kept(view))).toEqual(view);
  });

  it.each(strange.map((value) => [value]))('of %s is the default', (value) => {
    expect(keptViewOf(value)).toEqual(nothing);
    expect(nothing.samples).toEqual(defaultSamplesView);
    expect(nothing.values).toEqual(defaultValuesView);
    expect(nothing.cursor).toBeNull();
  });

  it('loses only what does not fit', () => {
    const view = keptViewOf({
      cursor: 'end',
      zoom: { min: 5, max: 5 },
      samples: { scale: -1, cell: '3', showReal: true, beside: { key: 7, step: 1 } },
      hiddenRuns: ['/runs/b', 3, null],
      values: { tags: 'all', statistic: 'worst', sort: { column: 'run', descending: 'yes' } },
      open: { values: true, config: 'no' },
      scroll: { curves: -4, samples: 12 },
      more: 'of a newer version',
    });
    expect(view).toEqual({
      ...nothing,
      samples: { ...defaultSamplesView, showReal: true },
      hiddenRuns: ['/runs/b'],
      values: { ...defaultValuesView, sort: { column: 'run', descending: false } },
      open: { values: true },
      scroll: { samples: 12 },
    });
  });

  it('keeps no prototype that somebody slipped in', () => {
    const view = keptViewOf(JSON.parse('{"open":{"__proto__":true}}'));
    expect(Object.getPrototypeOf(view.open)).toBe(Object.prototype);
  });
});

describe('kept preferences', () => {
  it('come back as they were', () => {
    const preferences: Preferences = {
      smoothing: 0.9,
      xAxis: 'wall',
      logX: true,
      order: ['sigma', 'loss'],
      charts: { loss: { logY: true, hidden: ['loss/g'], pinned: true, height: 300 } },
      whiteFigures: !defaultPreferences.whiteFigures,
      playInterval: 100,
      samplesShare: 0.5,
    };
    expect(preferencesOf(kept(preferences))).toEqual(preferences);
  });

  it.each(strange.map((value) => [value]))('of %s are the defaults', (value) => {
    expect(preferencesOf(value)).toEqual(defaultPreferences);
  });

  it('lose only what does not fit', () => {
    const preferences = preferencesOf({
      smoothing: 1.5,
      xAxis: 'epoch',
      logX: true,
      order: [1, 'loss'],
      charts: { loss: { logY: 'yes', height: 1e9, wide: true }, sigma: 3 },
      samplesShare: 0.25,
    });
    expect(preferences).toEqual({
      ...defaultPreferences,
      logX: true,
      order: ['loss'],
      charts: { loss: { wide: true } },
      samplesShare: 0.25,
    });
  });
});
