import { describe, expect, it } from 'vitest';
import { RunText, faceOf, faceWord } from '../../../../src/extension/explorer/runText';
import { runStatuses } from '../../../../src/shared/runFolder';
import { listedRun } from '../runs/someRuns';

const english = new RunText('en');
const german = new RunText('de');
const noLosses = { step: 0, total: 20_000, imagesPerSecond: 0 };

describe('the description of a run', () => {
  it('tells of steps, speed and losses while it trains', () => {
    expect(english.description(listedRun('running'))).toBe(
      '1,200 / 20,000 · 96 img/s · D 1.31 G 0.42',
    );
  });

  it('writes numbers as the language does', () => {
    expect(german.description(listedRun('running'))).toBe(
      '1.200 / 20.000 · 96 img/s · D 1,31 G 0,42',
    );
  });

  it('leaves the speed out when nothing trains', () => {
    expect(english.description(listedRun('stopped'))).toBe('1,200 / 20,000 · D 1.31 G 0.42');
  });

  it('says only how many steps a finished training had', () => {
    const progress = { step: 20_000, total: 20_000, imagesPerSecond: 96 };
    const run = listedRun('finished', { identity: { progress } });
    expect(english.description(run)).toBe('20,000 steps');
  });

  it('has a star, and says where it trains', () => {
    const run = listedRun('elsewhere', {
      identity: { trainer: { pid: 1, startTime: '1', host: 'gpu-3' } },
      annotations: { starred: true },
    });
    expect(english.description(run)).toBe('★ on gpu-3 · 1,200 / 20,000 · 96 img/s · D 1.31 G 0.42');
  });

  it('says that a trainer gets ready, not that it is at step 0', () => {
    const run = listedRun('running', { identity: { state: 'starting', progress: noLosses } });
    expect(english.description(run)).toBe('starting…');
    expect(faceOf(run)).toBe('starting');
  });

  it('has a loss of 0 and leaves out what was not logged yet', () => {
    const first = { ...noLosses, step: 1 };
    expect(english.description(listedRun('running', { identity: { progress: first } }))).toBe(
      '1 / 20,000',
    );
    const progress = { ...first, lossD: 0, lossG: -0.5 };
    expect(english.description(listedRun('running', { identity: { progress } }))).toBe(
      '1 / 20,000 · D 0.00 G -0.50',
    );
  });
});

describe('what a screen reader says of a run', () => {
  it('has the state in words', () => {
    expect(english.label(listedRun('paused'), 'faces')).toBe(
      'faces, Paused, step 1,200 of 20,000, D 1.31 G 0.42',
    );
  });

  it('has another word for every state', () => {
    const words = runStatuses.map((status) => faceWord(listedRun(status)));
    expect(new Set(words).size).toBe(runStatuses.length);
  });
});

describe('quantities', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [99_949, '99.9 kB'],
    [99_950, '100 kB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [1_234_567_890, '1.2 GB'],
    [5e15, '5,000 TB'],
  ])('a size of %d bytes is %s', (bytes, expected) => {
    expect(english.size(bytes)).toBe(expected);
  });

  it.each([
    [19_999, '99%'],
    [20_000, '100%'],
    [0, '0%'],
    [1_199, '5%'],
  ])('step %d of 20,000 is %s', (step, expected) => {
    expect(english.share({ step, total: 20_000, imagesPerSecond: 1 })).toBe(expected);
  });

  it('has one digit more for slow training', () => {
    expect(english.speed({ ...noLosses, imagesPerSecond: 4.23 })).toBe('4.2 img/s');
    expect(english.speed(noLosses)).toBeUndefined();
  });

  it('knows how long a training will take where its speed is known', () => {
    const progress = { step: 1000, total: 20_000, imagesPerSecond: 1 };
    expect(english.remaining(progress)).toBeUndefined();
    expect(english.remaining({ ...progress, stepsPerSecond: 10 })).toBe('31m 40s');
    expect(english.remaining({ ...progress, stepsPerSecond: 0 })).toBeUndefined();
    expect(english.remaining({ ...progress, step: 20_000, stepsPerSecond: 1 })).toBeUndefined();
  });

  it('shows a date that is none as it is', () => {
    expect(english.date('yesterday')).toBe('yesterday');
    expect(english.date('2026-03-14T10:00:00.000Z')).toContain('2026');
  });
});
