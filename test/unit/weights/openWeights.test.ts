import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openWeights } from '../../../src/weights/openWeights';
import { describedArrays, expectedFiles, weightFixtures } from './fixtures';

describe('openWeights', () => {
  it.each(Object.entries(expectedFiles))('reads every value of %s', async (name, expected) => {
    const file = await openWeights(path.join(weightFixtures, name));
    try {
      expect(await describedArrays(file, expected)).toEqual(expected);
    } finally {
      await file.close();
    }
  });
});
