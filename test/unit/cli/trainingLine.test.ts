import { describe, expect, it } from 'vitest';
import { formatDuration } from '../../../src/cli/duration';
import { describeTraining, trainingLine, type TrainingView } from '../../../src/cli/trainingLine';

const view: TrainingView = {
  state: 'running',
  step: 375,
  total: 1500,
  imagesPerSecond: 345.6,
  lossD: 1.234,
  lossG: -0.5,
  secondsLeft: 92,
};

describe('trainingLine', () => {
  it('shows bar, step, time left, speed and losses on 80 columns', () => {
    expect(trainingLine(view, 80)).toBe(
      '████░░░░░░░░░░░░  25%    375/1,500  1m 32s left  346 images/s  D  1.23  G -0.50',
    );
  });

  it('leaves speed and bar out on 50 columns', () => {
    expect(trainingLine(view, 50)).toBe(' 25%  375/1500  1m 32s left  D  1.23  G -0.50');
  });

  it.each([1, 10, 33, 50, 62, 80, 120, 300])('never fills %i columns', (columns) => {
    const long = { ...view, step: 999_999, total: 1_000_000, lossD: -1e9, secondsLeft: 1e6 };
    for (const shown of [view, long]) {
      expect(trainingLine(shown, columns).length).toBeLessThan(columns);
    }
  });

  it('keeps its width while the numbers change', () => {
    const later = { ...view, step: 1376, lossD: -0.02, lossG: 2.5 };
    expect(trainingLine(later, 80)).toHaveLength(trainingLine(view, 80).length);
  });
});

describe('describeTraining', () => {
  it('says what is known', () => {
    expect(describeTraining(view)).toEqual([
      '375/1,500',
      '1m 32s left',
      '346 images/s',
      'D 1.23',
      'G -0.50',
    ]);
    const atStart = { lossD: null, lossG: null, secondsLeft: undefined, imagesPerSecond: 0 };
    expect(describeTraining({ ...view, ...atStart, step: 0 })).toEqual(['0/1,500']);
  });

  it('says that a run is paused instead of a time', () => {
    expect(describeTraining({ ...view, state: 'paused' })).toContain('paused');
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [59.4, '59s'],
    [59.6, '1m 00s'],
    [92, '1m 32s'],
    [3599.6, '1h 00m'],
    [7500, '2h 05m'],
    [86_399, '1d 0h'],
    [273_600, '3d 4h'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});
