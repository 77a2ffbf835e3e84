import { describe, expect, it } from 'vitest';
import { CommandQueue } from '../../../src/trainer/commandQueue';

describe('the queue of commands', () => {
  it('hands them on in their order and tells each client what became of it', async () => {
    const queue = new CommandQueue();
    const [sample, stop] = [queue.push('sample'), queue.push('stop')];
    const first = queue.take();
    expect(first?.command).toBe('sample');
    first?.done('grid.png');
    await expect(sample).resolves.toBe('grid.png');
    const second = queue.take();
    expect(second?.command).toBe('stop');
    second?.failed(new Error('the disk is full'));
    await expect(stop).rejects.toThrow('the disk is full');
    expect(queue.take()).toBeUndefined();
  });

  it('wakes who waits for a command, and at once where one is there', async () => {
    const queue = new CommandQueue();
    let awake = false;
    const waiting = queue.waiting().then(() => (awake = true));
    await new Promise((resolve) => setImmediate(resolve));
    expect(awake).toBe(false);
    void queue.push('pause');
    await waiting;
    await queue.waiting();
    expect(queue.take()?.command).toBe('pause');
  });

  it('refuses what waits when it is closed, and what comes later', async () => {
    const queue = new CommandQueue();
    const early = queue.push('sample');
    queue.close('Training has ended.');
    await expect(early).rejects.toThrow('Training has ended.');
    await expect(queue.push('sample')).rejects.toThrow('Training has ended.');
    expect(queue.take()).toBeUndefined();
  });
});
