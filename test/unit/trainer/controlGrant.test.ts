import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ControlGrant } from '../../../src/trainer/controlGrant';

const GRACE = 15_000;

let told: string[];
let grant: ControlGrant<string>;
beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  grant = new ControlGrant<string>(
    {
      onChange: (client, granted) => told.push(`${client} ${granted ? 'may' : 'may not'}`),
      onAbandoned: (then) => told.push(then),
    },
    GRACE,
  );
});
afterEach(() => {
  vi.useRealTimers();
});

/** What was told since the last call. */
const news = (): string[] => told.splice(0);

describe('the grant of control', () => {
  it('goes to the first, and on in the order of coming', () => {
    for (const name of ['a', 'b', 'c']) grant.join(name, 'keepTraining');
    expect(news()).toEqual(['a may', 'b may not', 'c may not']);
    grant.leave('b');
    grant.leave('a');
    expect(news()).toEqual(['c may']);
    expect(grant.isHeldBy('c')).toBe(true);
  });

  it('can be taken, and only changes are told', () => {
    for (const name of ['a', 'b', 'c']) grant.join(name, 'keepTraining');
    news();
    grant.take('c');
    expect(news()).toEqual(['a may not', 'c may']);
    grant.leave('c');
    expect(news()).toEqual(['a may']);
  });
});

describe('an abandoned training', () => {
  it.each(['pause', 'stop'] as const)('will %s after the time of grace, once', (whenGone) => {
    grant.join('a', whenGone);
    grant.leave('a');
    news();
    vi.advanceTimersByTime(GRACE - 1);
    expect(news()).toEqual([]);
    vi.advanceTimersByTime(10 * GRACE);
    expect(news()).toEqual([whenGone]);
  });

  it('goes on where that was wished', () => {
    grant.join('a', 'keepTraining');
    grant.leave('a');
    vi.advanceTimersByTime(10 * GRACE);
    expect(news()).toEqual(['a may']);
  });

  it('goes on when a controller comes in time, whose wish counts from then on', () => {
    grant.join('a', 'stop');
    grant.leave('a');
    vi.advanceTimersByTime(GRACE - 1);
    grant.join('b', 'keepTraining');
    vi.advanceTimersByTime(10 * GRACE);
    grant.leave('b');
    vi.advanceTimersByTime(10 * GRACE);
    expect(news()).toEqual(['a may', 'b may']);
  });

  it('is none while another controller is there', () => {
    grant.join('a', 'stop');
    grant.join('b', 'pause');
    grant.leave('a');
    vi.advanceTimersByTime(10 * GRACE);
    expect(news()).toEqual(['a may', 'b may not', 'b may']);
    grant.leave('b');
    vi.advanceTimersByTime(GRACE);
    expect(news()).toEqual(['pause']);
  });

  it('is none when the trainer ends', () => {
    grant.join('a', 'stop');
    grant.leave('a');
    grant.close();
    vi.advanceTimersByTime(10 * GRACE);
    expect(news()).toEqual(['a may']);
  });
});
