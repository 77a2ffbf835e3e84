import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pace } from '../../../src/extension/reader/pace';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A job that takes some milliseconds and writes down when it began. */
function jobOf(duration: number): { began: number[]; job: () => Promise<void> } {
  const began: number[] = [];
  const job = (): Promise<void> => {
    began.push(performance.now());
    return new Promise((resolve) => setTimeout(resolve, duration));
  };
  return { began, job };
}

describe('Pace', () => {
  it('does at once what is asked for after a rest', async () => {
    const { began, job } = jobOf(1);
    const pace = new Pace(job, 50);
    for (let i = 0; i < 3; i++) {
      const now = performance.now();
      pace.ask();
      expect(began.at(-1)).toBe(now);
      await vi.advanceTimersByTimeAsync(50);
    }
  });

  it('does once what is asked for often, and no more often than it may', async () => {
    const { began, job } = jobOf(1);
    const pace = new Pace(job, 50);
    const start = performance.now();
    for (let i = 0; i < 99; i++) {
      pace.ask();
      await vi.advanceTimersByTimeAsync(3);
    }
    expect(began.map((time) => time - start)).toEqual([0, 50, 100, 150, 200, 250]);
  });

  it('is asked for the last time in vain never', async () => {
    const { began, job } = jobOf(20);
    const pace = new Pace(job, 50);
    pace.ask();
    await vi.advanceTimersByTimeAsync(10);
    pace.ask();
    await vi.advanceTimersByTimeAsync(1000);
    expect(began).toHaveLength(2);
  });

  it('never does two jobs at the same time', async () => {
    const { began, job } = jobOf(200);
    const pace = new Pace(job, 50);
    pace.ask();
    await vi.advanceTimersByTimeAsync(100);
    pace.ask(true);
    await vi.advanceTimersByTimeAsync(99);
    expect(began).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(began).toHaveLength(2);
  });

  it('does what is urgent without a rest', async () => {
    const { began, job } = jobOf(1);
    const pace = new Pace(job, 50);
    pace.ask();
    await vi.advanceTimersByTimeAsync(2);
    pace.ask();
    pace.ask(true);
    expect(began).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(500);
    expect(began).toHaveLength(2);
  });

  it('begins nothing after it was closed', async () => {
    const { began, job } = jobOf(1);
    const pace = new Pace(job, 50);
    pace.ask();
    await vi.advanceTimersByTimeAsync(10);
    pace.ask();
    pace.close();
    pace.ask(true);
    await vi.advanceTimersByTimeAsync(500);
    expect(began).toHaveLength(1);
  });
});
