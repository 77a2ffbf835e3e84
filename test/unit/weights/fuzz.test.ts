import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { makeInput } from '../../fuzz/makeInput';
import { readSeeds } from '../../fuzz/seeds';
import { tryInput, writeInput } from '../../fuzz/tryInput';
import { weightFixtures } from './fixtures';

const folder = mkdtempSync(path.join(tmpdir(), 'sn-gan-fuzz-slice-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the readers of weight files', () => {
  it('end in values or in a sentence for each of 500 changed files (npm run fuzz: 100,000)', async () => {
    const seeds = readSeeds(weightFixtures);
    const counts = { accepted: 0, part: 0, refused: 0 };
    for (let index = 0; index < 500; index++) {
      const input = makeInput(seeds, 2018, index);
      const file = writeInput(folder, input);
      const { kind } = await tryInput(file).catch((thrown: unknown) => {
        throw new Error(`Input ${index} of seed 2018, made from ${input.seed}`, { cause: thrown });
      });
      counts[kind]++;
    }
    // Changes that only ever break the outermost form would test nothing within.
    expect(counts.accepted).toBeGreaterThan(30);
    expect(counts.part).toBeGreaterThan(5);
    expect(counts.refused).toBeGreaterThan(30);
  });
});
