import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { encodeNpy, encodeNpz } from '../../../src/cli/npz';

const numpy = spawnSync('python3', ['-c', 'import numpy'], { encoding: 'utf8' });
const whyNot = numpy.status === 0 ? '' : ' (skipped: this machine has no python3 with numpy)';

describe('encodeNpz', () => {
  it.skipIf(whyNot !== '')(`writes arrays that numpy reads${whyNot}`, () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'sn-gan-npz-'));
    try {
      const file = path.join(folder, 'out.npz');
      const archive = encodeNpz({
        z: { shape: [2, 3], data: Float32Array.of(0, -1.5, 2, 0.1, 1e-30, 3e38) },
        images: { shape: [1, 2, 2, 3], data: Uint8Array.from({ length: 12 }, (_, i) => 20 * i) },
        line: { shape: [2], data: Uint8Array.of(7, 8) },
      });
      writeFileSync(file, archive);
      const script = [
        'import json, sys, numpy',
        'a = numpy.load(sys.argv[1])',
        'print(json.dumps([[n, str(a[n].dtype), a[n].shape, a[n].ravel().tolist()] for n in a.files]))',
      ].join('\n');
      const read = spawnSync('python3', ['-c', script, file], { encoding: 'utf8' });
      expect(read.stderr).toBe('');
      const floats = Float32Array.of(0, -1.5, 2, 0.1, 1e-30, 3e38);
      expect(JSON.parse(read.stdout)).toEqual([
        ['z', 'float32', [2, 3], Array.from(floats)],
        ['images', 'uint8', [1, 2, 2, 3], Array.from({ length: 12 }, (_, i) => 20 * i)],
        ['line', 'uint8', [2], [7, 8]],
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('encodeNpy', () => {
  it('writes the header of format 1.0, the data beginning at a multiple of 64', () => {
    const bytes = Buffer.from(encodeNpy({ shape: [3], data: Uint8Array.of(1, 2, 3) }));
    expect(bytes.subarray(0, 8)).toEqual(Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]));
    const length = bytes.readUInt16LE(8);
    expect((10 + length) % 64).toBe(0);
    const header = bytes.toString('latin1', 10, 10 + length);
    expect(header).toMatch(/^\{'descr': '\|u1', 'fortran_order': False, 'shape': \(3,\), \} *\n$/);
    expect(bytes.subarray(10 + length)).toEqual(Buffer.from([1, 2, 3]));
  });
});
