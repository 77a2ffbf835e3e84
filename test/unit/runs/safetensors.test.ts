import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readSafetensors, writeSafetensors } from '../../../src/runs/safetensors';
import { readSafetensorsHeader } from '../../../src/runs/safetensorsHeader';

const folder = mkdtempSync(path.join(tmpdir(), 'sn-gan-safetensors-'));
const fixtures = path.resolve(import.meta.dirname, '../../fixtures/runs');
afterAll(() => rmSync(folder, { recursive: true }));

const f32 = (...values: number[]): Float32Array => Float32Array.from(values);

describe('writeSafetensors', () => {
  const arrays = [
    { name: 'z.weight', shape: [2, 3], data: f32(1, 2, 3, 4, 5, 6) },
    { name: '12', shape: [], data: f32(-0.5) },
    { name: 'empty', shape: [0, 7], data: f32() },
    { name: 'a', shape: [2], data: f32(Infinity, 1e-45) },
  ];
  const metadata = { step: '100', text: 'line\n"quoted" ü' };

  it('gives back every bit, the order and the metadata', async () => {
    const file = path.join(folder, 'round.safetensors');
    await writeSafetensors(file, arrays, metadata);
    const read = await readSafetensors(file);
    expect([...read.arrays.values()]).toEqual(arrays);
    expect(read.metadata).toEqual(metadata);
  });

  it('aligns the first array to 8 bytes and pads the header with spaces', async () => {
    const file = path.join(folder, 'aligned.safetensors');
    for (const name of ['a', 'ab', 'abc', 'abcd', 'abcde', 'abcdef', 'abcdefg', 'abcdefgh']) {
      await writeSafetensors(file, [{ name, shape: [1], data: f32(1) }], {});
      const bytes = readFileSync(file);
      const headerBytes = Number(bytes.readBigUInt64LE());
      expect(headerBytes % 8).toBe(0);
      expect(bytes.toString('utf8', 8, 8 + headerBytes)).toMatch(/^\{.*\} {0,7}$/);
      expect(bytes.length).toBe(8 + headerBytes + 4);
    }
  });

  it('writes a view of a larger buffer, not the buffer', async () => {
    const file = path.join(folder, 'view.safetensors');
    const data = f32(1, 2, 3, 4).subarray(1, 3);
    await writeSafetensors(file, [{ name: 'view', shape: [2], data }], {});
    expect((await readSafetensors(file)).arrays.get('view')?.data).toEqual(f32(2, 3));
  });

  it('leaves the old file and no temporary one when the arrays are refused', async () => {
    const own = mkdtempSync(path.join(folder, 'refused-'));
    const file = path.join(own, 'kept.safetensors');
    await writeSafetensors(file, arrays, metadata);
    const before = readFileSync(file);
    const twice = [arrays[0], arrays[0]];
    await expect(writeSafetensors(file, twice, {})).rejects.toThrow(/"z.weight".*twice/);
    const short = [{ name: 'a', shape: [3], data: f32(1) }];
    await expect(writeSafetensors(file, short, {})).rejects.toThrow(/1 values for shape \[3\]/);
    const reserved = [{ name: '__metadata__', shape: [1], data: f32(1) }];
    await expect(writeSafetensors(file, reserved, {})).rejects.toThrow(/reserved/);
    expect(readFileSync(file)).toEqual(before);
    expect(readdirSync(own)).toEqual(['kept.safetensors']);
  });

  const python = spawnSync('python3', ['-c', 'import safetensors.numpy']).status === 0;
  it.skipIf(!python)(
    'is read by the reference implementation (skipped without Python safetensors)',
    async () => {
      const file = path.join(folder, 'ours.safetensors');
      await writeSafetensors(file, arrays, metadata);
      const script = `
import json, sys
from safetensors import safe_open
with safe_open(sys.argv[1], "numpy") as file:
    arrays = {key: file.get_tensor(key) for key in file.keys()}
    print(json.dumps({
        "metadata": file.metadata(),
        "shapes": {key: list(array.shape) for key, array in arrays.items()},
        "bytes": {key: array.tobytes().hex() for key, array in arrays.items()},
    }))`;
      const found = JSON.parse(
        execFileSync('python3', ['-c', script, file], { encoding: 'utf8' }),
      ) as unknown;
      const hex = (data: Float32Array): string =>
        Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex');
      expect(found).toEqual({
        metadata,
        shapes: Object.fromEntries(arrays.map(({ name, shape }) => [name, shape])),
        bytes: Object.fromEntries(arrays.map(({ name, data }) => [name, hex(data)])),
      });
    },
  );
});

describe('readSafetensors', () => {
  it('reads a file of the reference implementation', async () => {
    const { arrays, metadata } = await readSafetensors(path.join(fixtures, 'python.safetensors'));
    expect(metadata).toEqual({ format: 'pt', note: 'quotes " and \\ and ü' });
    const eighths = Float32Array.from({ length: 24 }, (_, i) => i / 8 - 1);
    expect(Object.fromEntries(arrays)).toEqual({
      'conv1.weight_orig': { name: 'conv1.weight_orig', shape: [2, 3, 2, 2], data: eighths },
      'conv1.weight_u': { name: 'conv1.weight_u', shape: [2], data: f32(0.6, -0.8) },
      extremes: {
        name: 'extremes',
        shape: [6],
        data: f32(0, -0, 1e-45, 3.4028235e38, Infinity, -Infinity),
      },
      scalar: { name: 'scalar', shape: [], data: f32(7.5) },
      empty: { name: 'empty', shape: [0, 4], data: f32() },
      'Schicht.größe': { name: 'Schicht.größe', shape: [1], data: f32(1) },
    });
  });

  it('names the array and dtype that it cannot read', async () => {
    const file = path.join(fixtures, 'half.safetensors');
    await expect(readSafetensors(file)).rejects.toThrow(/half\.safetensors holds "half" as F16/);
    expect((await readSafetensorsHeader(file)).tensors).toMatchObject([
      { name: 'half', dtype: 'F16', shape: [2] },
    ]);
  });

  it('refuses a file cut off at any byte', async () => {
    const whole = readFileSync(path.join(fixtures, 'python.safetensors'));
    const file = path.join(folder, 'cut.safetensors');
    for (let length = 0; length < whole.length; length++) {
      writeFileSync(file, whole.subarray(0, length));
      await expect(readSafetensors(file)).rejects.toThrow(/cut\.safetensors is not a readable/);
    }
  });

  it.skipIf(process.platform === 'win32')(
    'refuses folders and pipes at once instead of waiting for them (no pipes on Windows)',
    async () => {
      const pipe = path.join(folder, 'pipe');
      execFileSync('mkfifo', [pipe]);
      await expect(readSafetensors(pipe)).rejects.toThrow(/pipe or device/);
      await expect(readSafetensors(folder)).rejects.toThrow(/it is a folder/);
    },
  );

  const entry = (begin: number, end: number, extra: object = {}): object => ({
    dtype: 'F32',
    shape: [(end - begin) / 4],
    data_offsets: [begin, end],
    ...extra,
  });
  const cases: [string, string | Buffer, number, RegExp][] = [
    ['no JSON', '{"a": ', 0, /not JSON/],
    ['broken UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]), 0, /not JSON/],
    ['an array for a header', '[]', 0, /not a JSON object/],
    ['no dtype', '{"a":{"shape":[1],"data_offsets":[0,4]}}', 4, /"a" \(dtype\)/],
    ['a foreign key', JSON.stringify({ a: entry(0, 4, { x: 1 }) }), 4, /"a" is wrong/],
    ['an unknown dtype', JSON.stringify({ a: entry(0, 4, { dtype: 'F31' }) }), 4, /dtype "F31"/],
    [
      'an inherited name as dtype',
      JSON.stringify({ a: entry(0, 4, { dtype: 'toString' }) }),
      4,
      /dtype "toString"/,
    ],
    ['a negative side', JSON.stringify({ a: entry(0, 4, { shape: [-1] }) }), 4, /"a" \(shape\.0\)/],
    ['a fraction as side', JSON.stringify({ a: entry(0, 4, { shape: [1.5] }) }), 4, /shape\.0/],
    [
      'an overflowing shape',
      JSON.stringify({ a: entry(0, 4, { shape: [2 ** 31, 2 ** 31] }) }),
      4,
      /impossible/,
    ],
    [
      'an overflow hidden by a zero',
      JSON.stringify({ a: entry(0, 0, { shape: [2 ** 50, 2 ** 50, 0] }) }),
      0,
      /impossible/,
    ],
    [
      'a size that is not the shape’s',
      JSON.stringify({ a: entry(0, 8, { shape: [1] }) }),
      8,
      /needs 4 bytes.*hold 8/,
    ],
    ['offsets in reverse', JSON.stringify({ a: entry(4, 0, { shape: [1] }) }), 4, /hold -4/],
    ['overlapping arrays', JSON.stringify({ a: entry(0, 8), b: entry(4, 12) }), 12, /"b" overlaps/],
    [
      'two arrays in one place',
      JSON.stringify({ a: entry(0, 4), b: entry(0, 4) }),
      4,
      /"b" overlaps/,
    ],
    ['a gap', JSON.stringify({ a: entry(0, 4), b: entry(8, 12) }), 12, /4 bytes before "b"/],
    ['bytes at the end', JSON.stringify({ a: entry(0, 4) }), 9, /last 5 bytes/],
    ['an array past the end', JSON.stringify({ a: entry(0, 400) }), 4, /cut off/],
    [
      'a name twice',
      `{"a":${JSON.stringify(entry(0, 4))},"\\u0061":${JSON.stringify(entry(0, 4))}}`,
      4,
      /"a" twice/,
    ],
    [
      'a key of an entry twice',
      '{"a":{"dtype":"F32","shape":[1],"shape":[1],"data_offsets":[0,4]}}',
      4,
      /"shape" twice/,
    ],
    ['nesting that would fill memory', '{"a":'.repeat(30_000_000 / 5), 0, /nested deeper than 3/],
    [
      'keys that would fill memory',
      `{${Array.from({ length: 400_001 }, (_, i) => `"${i.toString(36)}":1`).join()}}`,
      0,
      /more than 400000 keys/,
    ],
    ['a string without end', '{"a', 0, /not JSON/],
    ['a key with a broken escape', '{"\\x":1}', 0, /not JSON/],
    ['metadata that are no strings', '{"__metadata__":{"a":1}}', 0, /__metadata__/],
  ];
  it.each(cases)('refuses %s', async (_, header, dataBytes, message) => {
    const file = path.join(folder, 'bad.safetensors');
    const json = Buffer.from(header);
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(json.length));
    writeFileSync(file, Buffer.concat([length, json, Buffer.alloc(dataBytes)]));
    await expect(readSafetensorsHeader(file)).rejects.toThrow(message);
    await expect(readSafetensorsHeader(file)).rejects.toMatchObject({ name: 'UserError' });
  });

  it('believes no header length that the file or the format does not allow', async () => {
    const file = path.join(folder, 'huge.safetensors');
    for (const [claimed, message] of [
      [2n ** 64n - 1n, /18446744073709551615 bytes/],
      [100_000_001n, /allows 100000000/],
      [99_999_999n, /the whole file has 32/],
    ] as const) {
      const bytes = Buffer.alloc(32);
      bytes.writeBigUInt64LE(claimed);
      writeFileSync(file, bytes);
      const before = process.memoryUsage().arrayBuffers;
      await expect(readSafetensorsHeader(file)).rejects.toThrow(message);
      // A megabyte of slack for buffers of the runner itself; the claim was 100 MB or more.
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e6);
    }
  });
});
