import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';

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

/** Reads what is known to be a sound archive, apart from the reader that is under test. */
function unpacked(bytes: Buffer): SeedMember[] {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06'));
  const members: SeedMember[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = bytes.readUInt16LE(at + 28);
    const header = bytes.readUInt32LE(at + 42);
    const begin = header + 30 + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28);
    const stored = bytes.subarray(begin, begin + bytes.readUInt32LE(at + 20));
    const isDeflated = bytes.readUInt16LE(at + 10) === 8;
    members.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      contents: isDeflated ? zlib.inflateRawSync(stored) : stored,
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return members;
}
