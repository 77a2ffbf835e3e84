import { mutated } from './mutate';
import { mutatedJson } from './mutateJson';
import { type PackedMember, packZip } from './packZip';
import { FuzzRandom } from './random';
import type { Seed, SeedMember } from './seeds';

/** A file to be opened, and the files beside it. */
export interface FuzzInput {
  /** Of the seed it was made from. */
  readonly seed: string;
  readonly bytes: Buffer;
  readonly shards: readonly SeedMember[];
}

/**
 * The input of an index: one of the seeds, changed. Half of those with an outer form (an archive, a
 * header behind its length) are changed within it and put together again, so that the readers of
 * what is within are reached.
 */
export function makeInput(seeds: readonly Seed[], seed: number, index: number): FuzzInput {
  const random = new FuzzRandom(seed, index);
  const chosen = random.of(seeds);
  const other = random.of(seeds).bytes;
  const shards = (chosen.shards ?? []).map((shard) =>
    random.chance(0.2) ? { ...shard, contents: mutated(shard.contents, random, other) } : shard,
  );
  return { seed: chosen.name, bytes: changed(chosen, random, other), shards };
}

function changed(seed: Seed, random: FuzzRandom, other: Buffer): Buffer {
  const within = random.chance(seed.members === undefined ? 0.5 : 0.75);
  if (within && seed.members !== undefined) return repacked(seed.members, random, other);
  if (within && seed.name.endsWith('.safetensors')) return reheaded(seed.bytes, 8, random, other);
  if (within && seed.shards !== undefined) return mutatedJson(seed.bytes, random);
  if (within && seed.name.endsWith('.npy')) return reheaded(seed.bytes, 10, random, other);
  return mutated(seed.bytes, random, other);
}

/** Changes some members, most often the one that tells of the others. */
function repacked(members: readonly SeedMember[], random: FuzzRandom, other: Buffer): Buffer {
  const pickle = members.findIndex(({ name }) => name.endsWith('data.pkl'));
  const target = pickle >= 0 && random.chance(0.7) ? pickle : random.below(members.length);
  const packed = members.map(({ name, contents }, i): PackedMember => {
    const isChanged = i === target || random.chance(0.05);
    const isArray = name.endsWith('.npy') && random.chance(0.7);
    const change = isArray
      ? reheaded(contents, 10, random, other)
      : mutated(contents, random, other);
    return { name, contents: isChanged ? change : contents, deflate: random.chance(0.3) };
  });
  if (random.chance(0.1)) packed.splice(random.below(packed.length), 1);
  if (random.chance(0.1)) packed.push(random.of(packed));
  if (random.chance(0.1)) {
    const at = random.below(packed.length);
    const claimed = {
      [random.of(['bytes', 'storedBytes', 'method'])]: random.of([0, 1, 9, 65535]),
    };
    packed[at] = { ...packed[at], claimed };
  }
  return packZip(packed);
}

/** Changes a header and corrects the length before it, of eight bytes or of the last two of ten. */
function reheaded(bytes: Buffer, prefix: 8 | 10, random: FuzzRandom, other: Buffer): Buffer {
  const length = prefix === 8 ? Number(bytes.readBigUInt64LE()) : bytes.readUInt16LE(8);
  const old = bytes.subarray(prefix, prefix + length);
  const isJson = prefix === 8 && random.chance(0.6);
  const header = isJson ? mutatedJson(old, random) : mutated(old, random, other);
  const start = Buffer.from(bytes.subarray(0, prefix));
  if (prefix === 8) start.writeBigUInt64LE(BigInt(header.length));
  else start.writeUInt16LE(Math.min(header.length, 0xffff), 8);
  return Buffer.concat([start, header, bytes.subarray(prefix + length)]);
}
