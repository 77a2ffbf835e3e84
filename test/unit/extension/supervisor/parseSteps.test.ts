import { describe, expect, it } from 'vitest';
import { parseSteps } from '../../../../src/extension/supervisor/parseSteps';

describe('parseSteps', () => {
  it.each([
    ['20000', 20_000],
    [' 20,000 ', 20_000],
    ["20'000", 20_000],
    ['20.000', 20_000],
    ['20\u202f000', 20_000],
  ])('reads %j', (text, steps) => expect(parseSteps(text, 1000)).toBe(steps));

  it.each(['', '1000', '999', '-2000', '2e4', 'many', '1'.repeat(30)])('refuses %j', (text) =>
    expect(parseSteps(text, 1000)).toBeUndefined(),
  );
});
