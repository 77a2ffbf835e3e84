import { ftruncateSync, openSync, closeSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { FileBytes } from '../../../src/weights/fileBytes';
import { writeSparseZip } from '../../fuzz/packZip';
import { hostileFolder, opened } from './hostileFile';
import { dictionary, pickle, tensor } from './pickle';

const ARRAYS = 1000;
const SIDE = 512;
const ARRAY_BYTES = 4 * SIDE * SIDE;
const names = Array.from({ length: ARRAYS }, (_, i) => `layer${i}.weight`);
const shape = [SIDE, SIDE];

function largeSafetensors(file: string): void {
  const entries = names.map((name, i) => [
    name,
    { dtype: 'F32', shape, data_offsets: [i * ARRAY_BYTES, (i + 1) * ARRAY_BYTES] },
  ]);
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const handle = openSync(file, 'w');
  writeSync(handle, Buffer.concat([length, header]));
  ftruncateSync(handle, 8 + header.length + ARRAYS * ARRAY_BYTES);
  closeSync(handle);
}

function largeNpz(file: string): void {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${SIDE}, ${SIDE}), }`.padEnd(
    117,
  );
  const start = Buffer.from(`\x93NUMPY\x01\x00\x76\x00${text}\n`, 'latin1');
  const bytes = start.length + ARRAY_BYTES;
  writeSparseZip(
    file,
    names.map((name) => ({ name: `${name}.npy`, start, bytes })),
  );
}

function largeCheckpoint(file: string): void {
  const tensors = names.map((name, i) => {
    const storage = { key: String(i), length: SIDE * SIDE };
    return [name, tensor({ ...storage, shape, strides: [SIDE, 1] })] as const;
  });
  const start = pickle(dictionary(Object.fromEntries(tensors)));
  writeSparseZip(file, [
    { name: 'archive/data.pkl', start, bytes: start.length },
    ...names.map((_, i) => ({
      name: `archive/data/${i}`,
      start: Buffer.alloc(0),
      bytes: ARRAY_BYTES,
    })),
  ]);
}

describe('a file of a gigabyte', () => {
  it.each([
    ['safetensors', largeSafetensors],
    ['npz', largeNpz],
    ['pt', largeCheckpoint],
  ])('(%s) is listed without reading its arrays', async (kind, write) => {
    const file = path.join(hostileFolder, `large.${kind}`);
    write(file);
    expect(statSync(file).size).toBeGreaterThan(1e9);
    const begin = performance.now();
    const read = vi.spyOn(FileBytes.prototype, 'read');
    const result = await opened(file, ({ tensors }) => Promise.resolve(tensors));
    console.log(`${kind}: ${ARRAYS} arrays listed in ${(performance.now() - begin).toFixed(0)} ms`);
    expect(result.map(({ name }) => name)).toEqual(names);
    expect(result.at(-1)).toMatchObject({ shape, bytes: ARRAY_BYTES });
    // Time would tell of the machine; bytes tell that only headers were looked at.
    const bytesRead = read.mock.calls.reduce((sum, [, length]) => sum + length, 0);
    expect(bytesRead).toBeLessThan(2e6);
    read.mockRestore();
  });
});
