import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import {
  isNeededFromCudaWheel,
  isNeededFromTensorflowWheel,
} from '../../../src/runtime/tensorflow/tensorflowFiles';
import { extractWheel, readWheelIdentity } from '../../../src/runtime/tensorflow/wheel';
import { useTemporaryHome } from './temporaryHome';

const home = useTemporaryHome();

/** The part of TensorFlow 2.21's METADATA that matters, verbatim. */
const METADATA = `Metadata-Version: 2.4
Name: tensorflow_cpu
Version: 2.21.0
Requires-Dist: numpy>=1.26.0
Provides-Extra: and-cuda
Requires-Dist: nvidia-cublas-cu12<13.0,>=12.5.3.2; extra == "and-cuda"
Requires-Dist: nvidia-cudnn-cu12<10.0,>=9.3.0.75; extra == "and-cuda"
Provides-Extra: gcs-filesystem
Requires-Dist: tensorflow-io-gcs-filesystem>=0.23.1; (sys_platform != "win32") and extra == "gcs-filesystem"

# The description
Version: 9
`;

const files = {
  'tensorflow/libtensorflow_cc.so.2': 'library',
  'tensorflow/include/tensorflow/c/c_api.h': 'header',
  'tensorflow/python/ops.py': 'python',
};

/** A wheel whose RECORD is made by the format's definition (PEP 376, PEP 427). */
function makeWheel(change: { content?: Record<string, string>; record?: string } = {}): string {
  const lines = Object.entries(files).map(([name, text]) => {
    const digest = createHash('sha256').update(text).digest('base64url');
    return `${name},sha256=${digest},${text.length}`;
  });
  const info = 'tensorflow_cpu-2.21.0.dist-info';
  const record = change.record ?? [...lines, `${info}/RECORD,,`, ''].join('\n');
  const all = {
    ...files,
    ...change.content,
    [`${info}/METADATA`]: METADATA,
    [`${info}/RECORD`]: record,
  };
  const wheel = path.join(home(), 'a.whl');
  const entries = Object.entries(all).map(([name, text]) => [name, strToU8(text)] as const);
  writeFileSync(wheel, zipSync(Object.fromEntries(entries)));
  return wheel;
}

describe('a wheel', () => {
  test('says its name, version and CUDA requirements', async () => {
    expect(await readWheelIdentity(makeWheel())).toEqual({
      distribution: 'tensorflow-cpu',
      version: '2.21.0',
      cudaRequirements: ['nvidia-cublas-cu12<13.0,>=12.5.3.2', 'nvidia-cudnn-cu12<10.0,>=9.3.0.75'],
    });
  });

  test('gives the wanted files and no others', async () => {
    const names = await extractWheel(makeWheel(), home(), isNeededFromTensorflowWheel);
    expect(names).toEqual([
      'tensorflow/libtensorflow_cc.so.2',
      'tensorflow/include/tensorflow/c/c_api.h',
    ]);
    expect(readFileSync(path.join(home(), names[0]), 'utf8')).toBe('library');
    expect(existsSync(path.join(home(), 'tensorflow/python'))).toBe(false);
  });

  test('whose file was changed is refused by its SHA-256', async () => {
    const wheel = makeWheel({ content: { 'tensorflow/libtensorflow_cc.so.2': 'l1brary' } });
    await expect(extractWheel(wheel, home(), isNeededFromTensorflowWheel)).rejects.toThrow(
      /libtensorflow_cc\.so\.2 differs from its recorded SHA-256/,
    );
  });

  test.each([
    { what: 'another size', content: { 'tensorflow/libtensorflow_cc.so.2': 'longer library' } },
    { what: 'no record', record: '' },
  ])('with $what is refused before anything is written', async (change) => {
    const folder = path.join(home(), 'out');
    await expect(
      extractWheel(makeWheel(change), folder, isNeededFromTensorflowWheel),
    ).rejects.toThrow(/damaged: tensorflow\/libtensorflow_cc\.so\.2 has \d+ bytes, and its RECORD/);
    expect(existsSync(folder)).toBe(false);
  });

  test('with a path that climbs out is refused', async () => {
    const wheel = makeWheel({ content: { '../evil.so': 'x' } });
    await expect(extractWheel(wheel, home(), () => true)).rejects.toThrow(/not a readable wheel/);
    expect(existsSync(path.join(home(), '../evil.so'))).toBe(false);
  });

  test('that is torn off or no zip at all is named', async () => {
    const wheel = makeWheel();
    const bytes = readFileSync(wheel);
    for (const part of [bytes.subarray(0, bytes.length / 2), strToU8('<html>'), new Uint8Array()]) {
      writeFileSync(wheel, part);
      await expect(readWheelIdentity(wheel)).rejects.toThrow(/a\.whl is not a readable wheel/);
    }
  });

  test('that is a zip of something else is named', async () => {
    const file = path.join(home(), 'other.whl');
    writeFileSync(file, zipSync({ 'a.txt': strToU8('x') }));
    await expect(readWheelIdentity(file)).rejects.toThrow(/other\.whl is not a wheel/);
  });
});

test('of NVIDIA’s wheels, the libraries are wanted where TensorFlow looks for them', () => {
  const names = [
    'nvidia/cudnn/lib/libcudnn.so.9',
    'nvidia/cudnn/include/cudnn.h',
    'nvidia/__init__.py',
    'nvidia/cudnn/lib/__init__.py',
  ];
  expect(names.filter(isNeededFromCudaWheel)).toEqual(['nvidia/cudnn/lib/libcudnn.so.9']);
});
