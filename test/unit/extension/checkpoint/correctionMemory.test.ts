import { describe, expect, it } from 'vitest';
import {
  CorrectionMemory,
  MAX_CORRECTED_FILES,
} from '../../../../src/extension/checkpoint/correctionMemory';
import { PlayedMemory } from './stage';

describe('CorrectionMemory', () => {
  it('knows a file by its path and size', () => {
    const memory = new CorrectionMemory(new PlayedMemory());
    memory.correct('/a', 10, 'd.conv', { stride: [2, 2] });
    expect(memory.of('/a', 10)).toEqual({ 'd.conv': { stride: [2, 2] } });
    expect(memory.of('/a', 11)).toEqual({});
    expect(memory.of('/b', 10)).toEqual({});
    memory.correct('/a', 11, 'd.conv', { groups: 3 });
    expect(memory.of('/a', 11)).toEqual({ 'd.conv': { groups: 3 } });
    expect(memory.of('/a', 10)).toEqual({});
  });

  it('forgets the files first that were corrected longest ago', () => {
    const memory = new CorrectionMemory(new PlayedMemory());
    for (let i = 0; i <= MAX_CORRECTED_FILES; i++) memory.correct(`/${i}`, 1, 'l', { groups: 2 });
    expect(memory.of('/0', 1)).toEqual({});
    expect(memory.of('/1', 1)).toEqual({ l: { groups: 2 } });
  });

  it('takes names that objects have, as names', () => {
    const memory = new CorrectionMemory(new PlayedMemory());
    expect(memory.correct('/a', 1, 'constructor', { groups: 2 })).toEqual({
      constructor: { groups: 2 },
    });
    memory.correct('/a', 1, 'constructor', null);
    expect(memory.of('/a', 1)).toEqual({});
  });

  it.each<[string, unknown]>([
    ['no list', { a: 1 }],
    ['entries that are none', [null, 1, { file: '/a' }]],
    ['corrections that are none', [{ file: '/a', bytes: 1, corrections: { l: { groups: -1 } } }]],
  ])('ignores what another version kept: %s', async (_what, kept) => {
    const played = new PlayedMemory();
    await played.update('checkpointCorrections', kept);
    const memory = new CorrectionMemory(played);
    expect(memory.of('/a', 1)).toEqual({});
    expect(memory.correct('/a', 1, 'l', { groups: 2 })).toEqual({ l: { groups: 2 } });
  });
});
