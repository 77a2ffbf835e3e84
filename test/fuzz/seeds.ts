import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { unzipSync } from 'fflate';

/** A member of a zip archive, unpacked. */
export interface SeedMember {
  readonly name: string;
  readonly contents: Buffer;
}

/** A file from which inputs are made. */
export interface Seed {
  readonly name: string;
  readonly bytes: Buffer;
  /** Of zip archives: what is in them, so that it can be changed and packed again. */
  readonly members?: readonly SeedMember[];
  /** Of a model.json: the files beside it. */
  readonly shards?: readonly SeedMember[];
}

const kinds = /\.(safetensors|pt|npz|npy)$/;

/** All weight files of a folder, and the models of TensorFlow.js in its folders. */
export function readSeeds(folder: string): Seed[] {
  return readdirSync(folder)
    .sort()
    .flatMap((name): Seed[] => {
      const file = path.join(folder, name);
      if (statSync(file).isDirectory()) return [modelSeed(file, name)];
      if (!kinds.test(name)) return [];
      const bytes = readFileSync(file);
      const isZip = bytes.toString('latin1', 0, 4) === 'PK\x03\x04';
      return [{ name, bytes, ...(isZip && { members: unpacked(bytes) }) }];
    });
}

function modelSeed(folder: string, name: string): Seed {
  const shards = readdirSync(folder)
    .filter((shard) => shard !== 'model.json')
    .map((shard) => ({ name: shard, contents: readFileSync(path.join(folder, shard)) }));
  return { name: `${name}.json`, bytes: readFileSync(path.join(folder, 'model.json')), shards };
}

/** Unpacks by another library than the reader that is under test does. */
function unpacked(bytes: Buffer): SeedMember[] {
  return Object.entries(unzipSync(bytes)).map(([name, contents]) => {
    return { name, contents: Buffer.from(contents) };
  });
}
