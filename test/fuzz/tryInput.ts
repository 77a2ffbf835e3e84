import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { listFile } from '../../src/inspection/listing/listFile';
import { UserError } from '../../src/shared/userError';
import { openWeights } from '../../src/weights/openWeights';
import type { FuzzInput } from './makeInput';

export interface FuzzOutcome {
  /** `part`: it was opened, and some of its arrays were refused. */
  readonly kind: 'accepted' | 'part' | 'refused';
  readonly milliseconds: number;
}

/** Writes an input into a folder; returns the file to be opened. */
export function writeInput(folder: string, { bytes, shards }: FuzzInput): string {
  mkdirSync(folder, { recursive: true });
  for (const { name, contents } of shards) writeFileSync(path.join(folder, name), contents);
  const file = path.join(folder, 'input.bin');
  writeFileSync(file, bytes);
  return file;
}

/**
 * Opens a file, lists the layers in it, and reads every array.
 *
 * @throws whatever is no sentence for people, and Error where values do not fit what was listed
 */
export async function tryInput(file: string): Promise<FuzzOutcome> {
  const begin = performance.now();
  const kind = await tried(file);
  return { kind, milliseconds: performance.now() - begin };
}

async function tried(file: string): Promise<FuzzOutcome['kind']> {
  const weights = await refusedOr(() => openWeights(file));
  if (weights === undefined) return 'refused';
  try {
    await refusedOr(() => listFile(weights, {}));
    let isWhole = true;
    for (const { name, shape } of weights.tensors) {
      const values = await refusedOr(() => weights.read(name));
      const size = shape.reduce((product, length) => product * length, 1);
      if (values !== undefined && values.length !== size) {
        throw new Error(`${values.length} values for the shape [${shape.join(', ')}].`);
      }
      isWhole &&= values !== undefined;
    }
    return isWhole ? 'accepted' : 'part';
  } finally {
    await weights.close();
  }
}

/** Undefined where the work is refused by a sentence. */
async function refusedOr<T>(work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (thrown) {
    const isSentence = thrown instanceof UserError && /^.{10,3000}\.$/s.test(thrown.message);
    if (isSentence) return undefined;
    throw thrown;
  }
}
