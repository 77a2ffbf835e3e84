import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Player } from '../../../../src/extension/checkpoint/player';
import type { ThreadListener } from '../../../../src/extension/checkpoint/threads';
import type { FromPlayer, ToPlayer } from '../../../../src/inspection/protocol';

const question = { kind: 'samples', seed: 1, count: 4 } as const;
const [idleMs, unwantedMs] = [60_000, 2000];

let threads: { told: ToPlayer[]; listener: ThreadListener<FromPlayer>; terminated: boolean }[];
let player: Player;
beforeEach(() => {
  vi.useFakeTimers();
  threads = [];
  player = new Player(
    '/a.safetensors',
    {
      play: (_task, listener) => {
        const thread = { told: [] as ToPlayer[], listener, terminated: false };
        threads.push(thread);
        return {
          post: (message) => thread.told.push(message),
          terminate: () => (thread.terminated = true),
        };
      },
    },
    { idleMs, unwantedMs },
  );
  return () => void vi.useRealTimers();
});

const nobody = { answered: () => undefined, refused: () => undefined };
const answer = (thread: number): void => {
  const { told, listener } = threads[thread];
  const { ask } = told[told.length - 1];
  listener.heard({ type: 'refused', ask, why: 'It has no generator.' });
};

describe('Player', () => {
  it('gives the networks up when nobody has asked for a while', () => {
    player.ask(question, nobody);
    vi.advanceTimersByTime(2 * idleMs);
    expect(threads[0].terminated).toBe(false);
    answer(0);
    vi.advanceTimersByTime(idleMs - 1);
    player.ask(question, nobody);
    answer(0);
    vi.advanceTimersByTime(idleMs - 1);
    expect(threads[0].terminated).toBe(false);
    vi.advanceTimersByTime(1);
    expect(threads[0].terminated).toBe(true);
    player.ask(question, nobody);
    expect(threads).toHaveLength(2);
  });

  it('waits a little for an answer that nobody wants any more, then ends the thread', () => {
    player.ask(question, nobody).dispose();
    player.ask(question, nobody);
    vi.advanceTimersByTime(unwantedMs - 1);
    answer(0);
    // It came in time, so the same thread goes on.
    expect(threads[0].told).toHaveLength(2);
    vi.advanceTimersByTime(unwantedMs);
    expect(threads[0].terminated).toBe(false);
    answer(0);

    player.ask(question, nobody).dispose();
    player.ask(question, nobody);
    vi.advanceTimersByTime(unwantedMs);
    expect(threads[0].terminated).toBe(true);
    expect(threads[1].told).toHaveLength(1);
  });
});
