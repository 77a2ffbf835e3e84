import { afterEach, expect, it, vi } from 'vitest';
import type { LogFile } from '../../../src/runs/log';
import { steadyLog } from '../../../src/trainer/steadyLog';

afterEach(() => vi.restoreAllMocks());

it('a log that cannot be written is told of once and never throws', () => {
  const refuse = (): never => {
    throw new Error('the disk is full.');
  };
  const full: LogFile = { info: refuse, warn: refuse, error: refuse, close: () => undefined };
  const printed: unknown[] = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => printed.push(text) > 0);
  const log = steadyLog(full);
  log.info('a');
  log.warn('b');
  log.error('c', new Error('d'));
  expect(printed).toEqual(['Lines of the log are lost. the disk is full.\n']);
});

it('a log that can be written gets every line', () => {
  const lines: unknown[][] = [];
  const write = (...line: unknown[]): void => void lines.push(line);
  const log = steadyLog({ info: write, warn: write, error: write, close: () => write('closed') });
  log.info('a', { step: 1 });
  log.error('b', 'thrown');
  log.close();
  expect(lines).toEqual([['a', { step: 1 }], ['b', 'thrown'], ['closed']]);
});
