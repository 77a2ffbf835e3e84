import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { WeightFile, WeightValues } from '../../../src/weights/weightFile';

export const weightFixtures = path.resolve(import.meta.dirname, '../../fixtures/weights');

/** An array as PyTorch or NumPy has it; numbers that JSON cannot say are texts. */
export interface ExpectedArray {
  readonly shape: readonly number[];
  readonly values?: readonly (number | string)[];
  readonly sha256?: string;
}

export const expectedFiles = JSON.parse(
  readFileSync(path.join(weightFixtures, 'expected.json'), 'utf8'),
) as Readonly<Record<string, Readonly<Record<string, ExpectedArray>>>>;

/** What is read of a file, in the words of expected.json. */
export async function describedArrays(
  file: WeightFile,
  expected: Readonly<Record<string, ExpectedArray>>,
): Promise<Record<string, ExpectedArray>> {
  const described: Record<string, ExpectedArray> = {};
  for (const { name, shape } of file.tensors) {
    if (!(name in expected)) continue;
    const values = await file.read(name);
    const listed = expected[name].values !== undefined;
    described[name] = listed ? { shape, values: named(values) } : { shape, sha256: hash(values) };
  }
  return described;
}

function named(values: WeightValues): (number | string)[] {
  return Array.from(values, (value) => {
    if (Object.is(value, -0)) return '-0';
    return Number.isFinite(value) ? value : String(value);
  });
}

function hash(values: WeightValues): string {
  return createHash('sha256')
    .update(Buffer.from(Float64Array.from(values).buffer))
    .digest('hex');
}
