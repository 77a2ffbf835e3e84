import { describe, expect, it } from 'vitest';
import { alternate, summarise } from '../../../src/bench/alternate';
import { ProcessEnded } from '../../../src/bench/lineProcess';
import { roundOf, type Participant } from '../../../src/bench/participant';
import { median } from '../../../src/bench/statistics';

/**
 * A participant whose steps take as long as it is told, and twice as long after a pause;
 * `asked` collects who was asked for what.
 */
function participant(
  name: string,
  seconds: number,
  asked: [name: string, steps: number][],
  endsAfter = Infinity,
): Participant {
  let calls = 0;
  return {
    facts: {
      name,
      kind: 'runtime',
      version: '1',
      device: 'a pencil',
      form: 'eager',
      startSeconds: null,
      compiling: null,
      nativeCalls: null,
      operations: null,
    },
    warmSeconds: seconds,
    peakBytes: null,
    round: (steps) => {
      asked.push([name, steps]);
      if (calls++ >= endsAfter) return Promise.reject(new ProcessEnded(1, 'it broke'));
      const paused = asked.at(-2)?.[0] !== name;
      const durations = Array.from({ length: steps }, () => seconds);
      if (paused) durations[0] *= 2;
      return Promise.resolve(roundOf(durations));
    },
    close: () => Promise.resolve(),
  };
}

describe('participants that alternate', () => {
  it('take turns, each for the same time and at least one step, after one to wake up', async () => {
    const asked: [string, number][] = [];
    const both = [participant('quick', 0.5, asked), participant('slow', 3, asked)];
    const done = await alternate(both, { rounds: 2, seconds: 2 });
    const round = [
      ['quick', 1],
      ['quick', 4],
      ['slow', 1],
      ['slow', 1],
    ];
    expect(asked).toEqual([...round, ...round]);
    expect(done.map(({ rounds }) => rounds.length)).toEqual([2, 2]);
  });

  it('are not charged with what waking up took', async () => {
    const asked: [string, number][] = [];
    const both = [participant('quick', 0.5, asked), participant('slow', 3, asked)];
    const done = await alternate(both, { rounds: 2, seconds: 2 });
    expect(done.map(({ rounds }) => summarise(rounds))).toEqual([
      { median: 0.5, min: 0.5 },
      { median: 3, min: 3 },
    ]);
  });

  it('leave out rounds when a single step has taken more than their whole share', async () => {
    const asked: [string, number][] = [];
    const both = [participant('quick', 1, asked), participant('endless', 100, asked)];
    const done = await alternate(both, { rounds: 3, seconds: 1 });
    expect(done.map(({ rounds }) => rounds.length)).toEqual([3, 1]);
  });

  it('go on without one that breaks, and keep its rounds', async () => {
    const asked: [string, number][] = [];
    const both = [participant('frail', 1, asked, 2), participant('sound', 1, asked)];
    const [frail, sound] = await alternate(both, { rounds: 3, seconds: 1 });
    expect(frail).toMatchObject({ failure: 'it broke' });
    expect(frail.rounds).toHaveLength(1);
    expect(sound.rounds).toHaveLength(3);
  });
});

describe('a summary', () => {
  it('has the median of the rounds and the shortest step of all', () => {
    const rounds = [roundOf([1, 2, 9]), roundOf([4, 4]), roundOf([7, 8, 9, 30])];
    expect(summarise(rounds)).toEqual({ median: 4, min: 1 });
  });

  it('takes the mean of the two in the middle of an even count', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([])).toBeNaN();
  });
});
