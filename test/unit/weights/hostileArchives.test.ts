import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type PackedMember, packZip } from '../../fuzz/packZip';
import { fileOf, opened, refusalOf } from './hostileFile';
import { weightFixtures } from './fixtures';

const floats = (count: number): Buffer => Buffer.from(new Float32Array(count).fill(1.5).buffer);

/** A .npy array; the header may claim anything. */
function npy(
  data: Uint8Array = floats(4),
  { descr = `'<f4'`, order = 'False', shape = '(4,)', version = 1, length = 0 } = {},
): Buffer {
  const text = Buffer.from(`{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${shape}, }\n`);
  const start = Buffer.alloc(version === 1 ? 10 : 12);
  start.write('\x93NUMPY', 'latin1');
  start[6] = version;
  if (version === 1) start.writeUInt16LE(length || text.length, 8);
  else start.writeUInt32LE(length || text.length, 8);
  return Buffer.concat([start, text, data]);
}

const good: PackedMember = { name: 'good.npy', contents: npy() };
const bad = (member: Partial<PackedMember>): string =>
  fileOf(packZip([good, { name: 'bad.npy', contents: npy(), ...member }]));

describe('a .npz with a member that lies', () => {
  it.each<[string, Partial<PackedMember>, RegExp]>([
    [
      'claims more than deflate can unpack',
      { deflate: true, claimed: { bytes: 4_000_000_000 } },
      /cannot hold so many/,
    ],
    [
      'would fill the memory with zeros',
      { deflate: true, contents: npy(Buffer.alloc(80_000_000), { shape: '(20000000,)' }) },
      /times its size, which weights never do/,
    ],
    [
      'is stored, and larger than the file',
      { claimed: { bytes: 1e9, storedBytes: 1e9 } },
      /the whole file has/,
    ],
    [
      'is stored, and claims two sizes',
      { claimed: { bytes: 1e9 } },
      /claims \d+ bytes to be 1000000000/,
    ],
    ['is encrypted', { claimed: { flags: 1 } }, /encrypted/],
    ['is compressed in another way', { claimed: { method: 12 } }, /method 12/],
    [
      'is not where the directory says',
      { claimed: { localHeader: 3 } },
      /not where the directory says/,
    ],
    ['lies beyond the file', { claimed: { localHeader: 4_000_000_000 } }, /are needed/],
    ['is no array', { contents: Buffer.from('hello') }, /does not begin as \.npy/],
    ['has no name of an array', { name: 'readme.txt' }, /no \.npy array/],
    [
      'ends in its header',
      { contents: npy(Buffer.alloc(0), { length: 4000 }) },
      /ends within its header/,
    ],
    [
      'claims a header of gigabytes',
      { contents: npy(floats(4), { version: 2, length: 0xfffffff0 }) },
      /header claims/,
    ],
    ['has a version to come', { contents: npy(floats(4), { version: 9 }) }, /version 9/],
    [
      'has fewer elements than its shape',
      { contents: npy(floats(4), { shape: '(5,)' }) },
      /needs 20 bytes, and it has 16/,
    ],
    [
      'has more elements than its shape',
      { contents: npy(floats(4), { shape: '(3,)' }) },
      /needs 12 bytes, and it has 16/,
    ],
    [
      'has a huge shape',
      { contents: npy(floats(4), { shape: '(1000000, 1000000)' }) },
      /needs 4000000000000 bytes/,
    ],
    [
      'has a shape that overflows',
      { contents: npy(floats(4), { shape: '(4294967296, 4294967296)' }) },
      /shape is impossible/,
    ],
    [
      'has a negative length',
      { contents: npy(floats(4), { shape: '(-4,)' }) },
      /shape is impossible/,
    ],
    ['has NaN as a length', { contents: npy(floats(4), { shape: '(nan,)' }) }, /no dictionary/],
    [
      'has code as a shape',
      { contents: npy(floats(4), { shape: `__import__('os').system('ls')` }) },
      /no dictionary/,
    ],
    [
      'has a shape nested a thousand times',
      { contents: npy(floats(4), { shape: `${'('.repeat(1000)}${')'.repeat(1000)}` }) },
      /no dictionary/,
    ],
  ])('%s: it is left out, and that is told', async (_, member, flaw) => {
    await opened(bad(member), async ({ tensors, flaws }) => {
      expect(tensors.map(({ name }) => name)).toEqual(['good']);
      expect(flaws).toEqual([expect.stringMatching(flaw)]);
      return Promise.resolve();
    });
  });

  it.each<[string, Partial<PackedMember>, RegExp]>([
    ['does not fit its checksum', { claimed: { crc32: 1 } }, /checksum/],
    [
      'does not fit its checksum once it is unpacked',
      { deflate: true, claimed: { crc32: 1 } },
      /checksum/,
    ],
    [
      'holds objects',
      { contents: npy(floats(4), { descr: `'|O'` }) },
      /Python objects, which are never loaded/,
    ],
    [
      'holds structures',
      { contents: npy(floats(4), { descr: `[('a', '<f4')]`, shape: '(4,)' }) },
      /type "structure"/,
    ],
    [
      'holds complex numbers',
      { contents: npy(floats(4), { descr: `'<c8'`, shape: '(2,)' }) },
      /type "<c8"/,
    ],
    [
      'holds numbers of a type of JavaScript',
      { contents: npy(floats(4), { descr: `'<constructor'` }) },
      /type "<constructor"/,
    ],
  ])('%s: it is listed, and refused when it is read', async (_, member, refusal) => {
    expect(await refusalOf(bad(member))).toMatch(refusal);
  });

  it.each([8_000, 8_000_000, 200_000_000])(
    'unpacks to %i bytes more than it claims: no more is unpacked than can be told from it',
    async (more) => {
      const contents = npy(Buffer.alloc(more), { shape: '(4,)' });
      const claimed = { bytes: contents.length - more + 16 };
      const file = bad({ contents, deflate: true, claimed });
      const before = process.memoryUsage().external;
      expect(await refusalOf(file)).toMatch(
        /more than the \d+ bytes that it claims|cannot be unpacked/,
      );
      expect(process.memoryUsage().external - before).toBeLessThan(20e6);
    },
  );
});

describe('a zip archive that lies', () => {
  const whole = packZip([good]);
  const changed = (change: (bytes: Buffer, end: number) => void): string => {
    const bytes = Buffer.from(whole);
    change(bytes, bytes.length - 22);
    return fileOf(bytes);
  };
  /** Puts what stands for zip64 before the end record. */
  const wide = (offset: bigint): string => {
    const locator = Buffer.alloc(20);
    locator.writeUInt32LE(0x07064b50);
    locator.writeBigUInt64LE(offset, 8);
    return fileOf(Buffer.concat([whole.subarray(0, -22), locator, whole.subarray(-22)]));
  };

  /** Says as zip64 does how many members there are. */
  const wideCount = (members: bigint): string => {
    const end = Buffer.alloc(56);
    end.writeUInt32LE(0x06064b50);
    end.writeBigUInt64LE(members, 32);
    const locator = Buffer.alloc(20);
    locator.writeUInt32LE(0x07064b50);
    locator.writeBigUInt64LE(BigInt(whole.length - 22), 8);
    return fileOf(Buffer.concat([whole.subarray(0, -22), end, locator, whole.subarray(-22)]));
  };
  const named = (name: string): PackedMember => ({ name, contents: Buffer.alloc(0) });

  it.each<[string, string, RegExp]>([
    [
      'two members of one name',
      fileOf(packZip([good, good])),
      /two members of the name "good\.npy"/,
    ],
    ['more members than records', fileOf(packZip([good], 2)), /are needed/],
    ['sixty thousand claimed members', fileOf(packZip([good], 65_535)), /are needed/],
    ['a trillion claimed members', wideCount(2n ** 40n), /claims 1099511627776 members, more than/],
    ['more members than can be counted', wideCount(2n ** 64n - 1n), /members, more than/],
    ['an encrypted directory', fileOf(packZip([{ ...good, claimed: { flags: 0x40 } }])), /strong/],
    [
      'names of sixteen megabytes',
      fileOf(packZip(Array.from({ length: 257 }, (_, i) => named(String(i).padEnd(65_400))))),
      /directory is larger than/,
    ],
    [
      'a directory beyond the file',
      changed((bytes, end) => bytes.writeUInt32LE(0xfffffff0, end + 16)),
      /are needed/,
    ],
    [
      'a directory in the middle of nothing',
      changed((bytes, end) => bytes.writeUInt32LE(1, end + 16)),
      /directory of the archive cannot be read \(invalid/,
    ],
    ['a wide directory beyond the file', wide(2n ** 63n), /are needed/],
    ['a wide directory that is none', wide(0n), /zip64/],
    ['nothing but its end', fileOf(whole.subarray(-22)), /zip|broken|needed/],
    [
      'no arrays',
      fileOf(packZip([{ name: 'a.txt', contents: floats(1) }])),
      /neither a \.npz of NumPy nor a checkpoint/,
    ],
    ['nothing in it', fileOf(packZip([])), /neither a \.npz of NumPy nor a checkpoint/],
  ])('%s: a sentence', async (_, file, refusal) => {
    expect(await refusalOf(file)).toMatch(refusal);
  });

  it('claims a directory of four gigabytes: its members are read all the same', async () => {
    const file = changed((bytes, end) => bytes.writeUInt32LE(0xfffffff0, end + 12));
    await opened(file, async ({ tensors, flaws }) => {
      expect([tensors.map(({ name }) => name), flaws]).toEqual([['good'], []]);
      return Promise.resolve();
    });
  });

  it('has names with backslashes: they stay as they are', async () => {
    const members = ['a/b.npy', 'a\\b.npy'].map((name) => ({ ...good, name }));
    await opened(fileOf(packZip(members)), async ({ tensors }) => {
      expect(tensors.map(({ name }) => name)).toEqual(['a/b', 'a\\b']);
      return Promise.resolve();
    });
  });

  it.each(['chainer.npz', 'chainer-compressed.npz', 'pytorch-hook.pt'])(
    'is %s, cut off anywhere: a sentence',
    async (name) => {
      const bytes = readFileSync(path.join(weightFixtures, name));
      for (let length = 1; length < bytes.length; length += 997) {
        const file = fileOf(bytes.subarray(0, length), `cut-${name}`);
        expect(await refusalOf(file)).toMatch(/no format|End of central directory record/);
      }
    },
  );
});

describe('a .npy array that lies', () => {
  it.each<[string, Buffer, RegExp]>([
    ['is cut off', npy().subarray(0, -1), /needs 16 bytes, and it has 15/],
    ['is cut off in its header', npy().subarray(0, 40), /ends within its header/],
    ['is cut off in its first bytes', npy().subarray(0, 9), /does not begin/],
    [
      'has a huge shape',
      npy(floats(4), { shape: '(1000000000000,)' }),
      /needs 4000000000000 bytes/,
    ],
    ['holds objects', npy(floats(4), { descr: `'|O'` }), /Python objects/],
  ])('%s: a sentence', async (_, bytes, refusal) => {
    expect(await refusalOf(fileOf(bytes))).toMatch(refusal);
  });
});
