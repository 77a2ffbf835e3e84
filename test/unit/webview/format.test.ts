import { describe, expect, it } from 'vitest';
import { remainingSeconds } from '../../../src/shared/remaining';
import { RunColumns } from '../../../webview/dashboard/columns';
import { tabSeparated } from '../../../webview/dashboard/copyText';
import { formatBytes, formatDuration, formatShare } from '../../../webview/ui/format';
import { trainingSeconds } from '../../../webview/dashboard/header/duration';
import { inventedRun } from '../../webview/invention';

describe('durations', () => {
  it.each([
    [0, '0 s'],
    [59.4, '59 s'],
    [59.6, '1 min'],
    [3570, '1 h'],
    [3 * 3600 + 20 * 60, '3 h 20 min'],
    [23 * 3600 + 59.7 * 60, '1 d'],
    [52 * 3600, '2 d 4 h'],
  ])('of %d seconds are written %s', (seconds, words) => {
    expect(formatDuration(seconds)).toBe(words);
  });
});

describe('amounts', () => {
  it('of bytes have the unit that suits them', () => {
    expect(formatBytes(1_420_000_000)).toBe('1.4 GB');
    expect(formatBytes(310_000_000)).toBe('310 MB');
    expect(formatBytes(0)).toBe('0 byte');
  });

  it('of a whole are percents', () => {
    expect(formatShare(0.1)).toBe('10%');
    expect(formatShare(0.0123)).toBe('1.2%');
  });

  it('read as none and as all only where they are', () => {
    expect(formatShare(0)).toBe('0%');
    expect(formatShare(0.0004)).toBe('<0.1%');
    expect(formatShare(0.9996)).toBe('99%');
    expect(formatShare(1)).toBe('100%');
  });
});

describe('the time a run has trained', () => {
  const columnsOf = (times: readonly number[], columns = new RunColumns()): RunColumns => {
    columns.append({
      from: 0,
      total: times.length,
      steps: Float64Array.from(times, (_, i) => i),
      times: Float64Array.from(times),
      columns: {},
    });
    return columns;
  };

  it('leaves the pauses out', () => {
    const row = Array.from({ length: 10 }, (_, i) => 5 * i);
    const later = row.map((time) => time + 7200);
    expect(trainingSeconds(columnsOf([]))).toBe(0);
    expect(trainingSeconds(columnsOf(row))).toBe(45);
    expect(trainingSeconds(columnsOf([...row, ...later]))).toBe(90);
  });

  it('counts slow rows that are always slow', () => {
    expect(trainingSeconds(columnsOf([0, 300, 600, 900]))).toBe(900);
  });

  it('goes on where it stopped when rows come, and begins anew when they are replaced', () => {
    const columns = columnsOf([0, 5, 10]);
    expect(trainingSeconds(columns)).toBe(10);
    columns.append({
      from: 3,
      total: 4,
      steps: Float64Array.of(3),
      times: Float64Array.of(16),
      columns: {},
    });
    expect(trainingSeconds(columns)).toBe(16);
    columnsOf([100, 105], columns);
    expect(trainingSeconds(columns)).toBe(5);
  });
});

describe('the time that remains', () => {
  it('follows from the speed in steps, else in images', () => {
    const view = inventedRun();
    const { stepsPerSecond, ...older } = view.identity.progress;
    expect(remainingSeconds({ ...older, stepsPerSecond })).toBeCloseTo(18_000 / 1.506, 3);
    expect(remainingSeconds(older, 64)).toBeCloseTo((18_000 * 64) / 96.4, 3);
    expect(remainingSeconds(older)).toBeUndefined();
  });

  it('is unknown before the first row, and none after the last step', () => {
    expect(remainingSeconds({ step: 0, total: 100, imagesPerSecond: 0 }, 64)).toBeUndefined();
    const done = { step: 100, total: 100, imagesPerSecond: 9, stepsPerSecond: 1 };
    expect(remainingSeconds(done)).toBeUndefined();
  });
});

describe('a table on the clipboard', () => {
  it('has a tab between cells and none within', () => {
    expect(
      tabSeparated([
        ['a\tb', 'c'],
        ['d\ne', ''],
      ]),
    ).toBe('a b\tc\nd e\t');
  });
});
