import { describe, expect, it } from 'vitest';
import { mayInstall, speedOf } from '../../../src/extension/runtime/describeRuntimes';
import { parseDiagnosis, type Diagnosis } from '../../../src/extension/runtime/diagnosis';

const tensorflow = {
  usable: true,
  name: 'tensorflow',
  version: '2.21.0',
  device: 'AMD EPYC',
  deviceKind: 'cpu',
  memoryBytes: null,
  gflops: 88.42,
  remark: null,
} as const;
const unusable = { usable: false, name: 'webgpu', reason: 'no adapter' } as const;

function diagnosis(parts: Partial<Diagnosis>): Diagnosis {
  const node = { version: '20.20.2', path: '/node' };
  return { node, runtimes: [], automatic: null, advice: [], ...parts };
}

describe('what doctor found', () => {
  it('is read from what it prints, whatever else that has', () => {
    const printed = {
      ...diagnosis({ runtimes: [tensorflow, unusable] }),
      machine: { platform: 'linux' },
    };
    expect(parseDiagnosis(JSON.stringify(printed)).runtimes).toEqual([tensorflow, unusable]);
    expect(() => parseDiagnosis('{"error":"x"}')).toThrow();
  });

  it.each([
    [88.42, '88 GFLOPS'],
    [7.03, '7 GFLOPS'],
    [48_123, '48100 GFLOPS'],
    [null, undefined],
  ])('has a speed of %s as %s', (gflops, text) => {
    expect(speedOf({ ...tensorflow, gflops })).toBe(text);
  });

  it('offers an installation where TensorFlow is missing or a card lies idle', () => {
    expect(mayInstall(diagnosis({ runtimes: [unusable] }))).toBe(true);
    expect(mayInstall(diagnosis({ runtimes: [tensorflow] }))).toBe(false);
    const advice = ['To train on the RTX: `sn-gan runtime install --gpu`.'];
    expect(mayInstall(diagnosis({ runtimes: [tensorflow], advice }))).toBe(true);
  });
});
