import { describe, expect, it } from 'vitest';
import { fileOf, opened, refusalOf } from './hostileFile';

/** A safetensors file; length and contents of the header may claim anything. */
function safetensors(header: string, dataBytes = 0, claimed = Buffer.byteLength(header)): Buffer {
  const start = Buffer.alloc(8);
  start.writeBigUInt64LE(BigInt(claimed));
  return Buffer.concat([start, Buffer.from(header), Buffer.alloc(dataBytes)]);
}

const entry = (
  shape: string,
  begin: number | string,
  end: number | string,
  dtype = 'F32',
): string => `{"dtype":"${dtype}","shape":${shape},"data_offsets":[${begin},${end}]}`;

describe('a safetensors file that lies', () => {
  it.each<[string, Buffer, RegExp]>([
    ['a header beyond the file', safetensors('{}', 0, 3000), /header should have 3000 bytes/],
    [
      'a claimed header of 100 MB',
      safetensors('{}', 0, 100_000_000),
      /header should have 100000000/,
    ],
    ['a claimed header of exabytes', safetensors('{}', 0, 2 ** 62), /the format allows 100000000/],
    [
      'offsets that overlap',
      safetensors(`{"a":${entry('[2]', 0, 8)},"b":${entry('[2]', 4, 12)}}`, 12),
      /overlaps/,
    ],
    [
      'offsets beyond the file',
      safetensors(`{"a":${entry('[4]', 0, 16)}}`, 8),
      /the file has \d+; it is cut off/,
    ],
    [
      'offsets far beyond',
      safetensors(`{"a":${entry('[4]', 2 ** 50, 2 ** 50 + 16)}}`, 16),
      /belong to no array/,
    ],
    ['offsets backwards', safetensors(`{"a":${entry('[4]', 16, 0)}}`, 16), /hold -16/],
    [
      'bytes that belong to nothing',
      safetensors(`{"a":${entry('[2]', 0, 8)}}`, 16),
      /last 8 bytes/,
    ],
    [
      'a name twice',
      safetensors(`{"a":${entry('[1]', 0, 4)},"a":${entry('[1]', 4, 8)}}`, 8),
      /"a" twice/,
    ],
    [
      'a shape that overflows',
      safetensors(`{"a":${entry('[4294967296,4294967296]', 0, 4)}}`, 4),
      /shape.*impossible/,
    ],
    ['a negative length', safetensors(`{"a":${entry('[-1]', 0, 4)}}`, 4), /\(shape\.0\) is wrong/],
    ['NaN as a length', safetensors(`{"a":${entry('[NaN]', 0, 4)}}`, 4), /not JSON/],
    ['infinity as an offset', safetensors(`{"a":${entry('[1]', 0, '1e999')}}`, 4), /data_offsets/],
    [
      'a type that nobody knows',
      safetensors(`{"a":${entry('[1]', 0, 4, 'constructor')}}`, 4),
      /unknown dtype "constructor"/,
    ],
    [
      'a header nested a thousand times',
      safetensors(`${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`),
      /nested deeper/,
    ],
    ['half a header', safetensors(`{"a":{"dtype":`), /not JSON/],
  ])('%s: a sentence', async (_, bytes, refusal) => {
    expect(await refusalOf(fileOf(bytes, 'lies.safetensors'))).toMatch(refusal);
  });

  it('a type without real numbers is listed, and refused when it is read', async () => {
    const file = fileOf(
      safetensors(`{"a":${entry('[2]', 0, 16, 'C64')},"b":${entry('[2]', 16, 17, 'F4')}}`, 17),
    );
    await opened(file, async (weights) => {
      expect(weights.tensors.map(({ dtype }) => dtype)).toEqual(['C64', 'F4']);
      await expect(weights.read('a')).rejects.toThrow(/"a".*type "C64".*float32/);
      await expect(weights.read('b')).rejects.toThrow(/"b".*type "F4"/);
    });
  });

  it('a real header of 100 MB: a sentence, before it fills the memory', async () => {
    const sides = Buffer.alloc(99_999_800, '1,');
    const header = `{"a":{"dtype":"F32","shape":[${sides.toString('latin1')}1]}}`;
    const file = fileOf(safetensors(header), 'long.safetensors');
    const before = process.memoryUsage().heapUsed;
    expect(await refusalOf(file)).toMatch(/more than 2000000 values/);
    // Parsed, its fifty million numbers would take 400 MB.
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(200e6);
  });
});

describe('a file of another kind', () => {
  it.each<[string, Buffer | string, RegExp]>([
    ['nothing', '', /is empty/],
    ['a text', 'Hello, world, how are you?', /no format that is known here/],
    ['Keras', '\x89HDF\r\n\x1a\n', /HDF5/],
    ['GGUF', 'GGUF\x03\x00\x00\x00', /GGUF/],
    ['gzip', '\x1f\x8b\x08\x00', /gzip/],
    ['a plain pickle', '\x80\x04\x95\x00', /Python pickle, which can run code/],
    ['JSON of something else', '{"name": "sn-gan"}', /no weightsManifest/],
  ])('%s: a sentence that says what to open', async (_, contents, refusal) => {
    const bytes = typeof contents === 'string' ? Buffer.from(contents, 'latin1') : contents;
    expect(await refusalOf(fileOf(bytes, 'other.bin'))).toMatch(refusal);
  });
});
