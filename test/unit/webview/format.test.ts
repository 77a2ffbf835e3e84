import { describe, expect, it } from 'vitest';
import { RunColumns } from '../../../webview/dashboard/columns';
import { tabSeparated } from '../../../webview/dashboard/copyText';
import { formatBytes, formatDuration, formatShare } from '../../../webview/ui/format';
import { remainingSeconds, trainingSeconds } from '../../../webview/dashboard/header/duration';
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
    expect(remainingSeconds(view)).toBeCloseTo(18_000 / 1.506, 3);
    const { stepsPerSecond, ...progress } = view.identity.progress;
    const slower = { ...view, identity: { ...view.identity, progress } };
    expect(stepsPerSecond).toBeDefined();
    // 96.4 images a second are 96.4 / 64 steps with the batch of preset C.
    expect(remainingSeconds(slower)).toBeCloseTo((18_000 * 64) / 96.4, 3);
  });

  it('is unknown before the first row', () => {
    const view = inventedRun();
    const progress = { step: 0, total: 100, imagesPerSecond: 0 };
    expect(remainingSeconds({ ...view, identity: { ...view.identity, progress } })).toBeUndefined();
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
