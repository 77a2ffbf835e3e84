import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { boxes, stubFile, twoLayers } from './stubFile';
import { inspectWhole, type WholeInspection } from './inspectWhole';

const fixture = (name: string): string =>
  path.resolve(import.meta.dirname, '../../fixtures/weights', name);

describe('inspecting a file', () => {
  it('finds sigma, the estimate and their difference, with everything that follows', async () => {
    // Rows (3, 0, 0) and (0, 4, 0): singular values 4 and 3; u and v point at the 3.
    const { numbers, verdicts } = await inspectWhole(
      stubFile({
        'd.fc.weight_orig': { shape: [2, 3], data: [3, 0, 0, 0, 4, 0] },
        'd.fc.weight_u': { shape: [2], data: [1, 0] },
        'd.fc.weight_v': { shape: [3], data: [1, 0, 0] },
      }),
    );
    const { weight, spectrum, operator } = numbers.get('d.fc') ?? {};
    expect(weight).toMatchObject({ estimate: 3, largest: 4, nan: 0 });
    expect(weight?.frobenius).toBeCloseTo(5, 12);
    expect(Array.from(spectrum?.values ?? [])).toEqual([
      expect.closeTo(4, 12),
      expect.closeTo(3, 12),
    ]);
    expect(spectrum?.estimateError).toBeCloseTo(-1 / 4, 12);
    expect(spectrum?.normalized).toBeCloseTo(4 / 3, 12);
    expect(spectrum?.stableRank).toBeCloseTo(25 / 16, 12);
    expect(operator).toMatchObject({ norm: { certainty: 'exact' }, tolerance: 0 });
    expect(verdicts.get('d')).toMatchObject({
      product: expect.closeTo(4 / 3, 12) as number,
      upper: expect.closeTo(4 / 3, 12) as number,
      warnings: [{ kind: 'stale', layer: 'd.fc', value: expect.closeTo(-1 / 4, 12) as number }],
    });
  });

  it('puts v together as the authors’ code does where only u is stored', async () => {
    const { numbers } = await inspectWhole(
      stubFile(
        {
          'd/l/W': { shape: [2, 2], data: [3, 0, 0, 4] },
          'd/l/u': { shape: [1, 2], data: [1, 1] },
        },
        'npz',
      ),
    );
    // v = (3, 4) / 5 and W v = (9, 16) / 5.
    expect(numbers.get('d/l')?.weight?.estimate).toBeCloseTo(Math.hypot(9, 16) / 5, 12);
  });

  it('iterates to the norm where u was not saved, and says so', async () => {
    const { numbers, verdicts } = await inspectWhole(
      stubFile({ 'd.l.weight_orig': { shape: [2, 2], data: [3, 1, 0, 4] } }),
    );
    const { weight, spectrum } = numbers.get('d.l') ?? {};
    expect(weight?.estimate).toBeCloseTo(Number(spectrum?.values[0]), 8);
    expect(verdicts.get('d')?.warnings.map(({ kind }) => kind)).toEqual(['missingU']);
  });

  it('counts what is not finite and goes on with the other layers', async () => {
    const { numbers, verdicts } = await inspectWhole(
      stubFile({
        'd.a.weight': { shape: [2, 2], data: [1, NaN, Infinity, 1] },
        'd.b.weight': { shape: [1, 2], data: [3, 4] },
      }),
    );
    expect(numbers.get('d.a')).toMatchObject({ weight: { nan: 1, infinite: 1 } });
    expect(numbers.get('d.a')?.spectrum).toBeUndefined();
    expect(numbers.get('d.a')?.refused).toMatch(/holds 1 NaN and 1 infinite values/);
    expect(numbers.get('d.b')?.spectrum?.values[0]).toBeCloseTo(5, 12);
    expect(verdicts.get('d')).toMatchObject({
      product: null,
      upper: null,
      warnings: [{ kind: 'nonFinite', layer: 'd.a', value: 2 }],
    });
  });

  it('refuses one layer whose array is unreadable or whose u has another length', async () => {
    const { numbers } = await inspectWhole(
      stubFile({
        'd.a.weight_orig': { shape: [2, 2], data: [1, 0, 0, 1] },
        'd.a.weight_u': { shape: [3], data: [1, 0, 0] },
        'd.b.weight': [2, 2],
      }),
    );
    expect(numbers.get('d.a')?.refused).toMatch(
      /"d.a.weight_u" has 3 values, but the weight needs 2/,
    );
    expect(numbers.get('d.a')?.spectrum?.normalized).toBeNull();
    expect(numbers.get('d.b')?.refused).toBe('There is no "d.b.weight".');
  });

  it('finds a box filter to stretch three times as much as its matrix, and the bound to hold', async () => {
    const { numbers, verdicts, work } = await inspectWhole(boxes());
    // Bounds take longer than the norm and come after it.
    expect(work.filter((part) => part === 'operators d.box')).toHaveLength(2);
    const { spectrum, operator } = numbers.get('d.box') ?? {};
    expect(spectrum?.values[0]).toBeCloseTo(1, 6);
    // 3 without borders; zero padding takes a little of it away.
    expect(operator?.norm.value).toBeGreaterThan(2.9);
    expect(operator?.norm.value).toBeLessThan(3);
    expect(operator?.circular?.value).toBeCloseTo(3, 6);
    expect(operator?.bounds).toHaveLength(5);
    expect(operator?.upper).toBeGreaterThanOrEqual(Number(operator?.norm.value));
    const verdict = verdicts.get('d');
    expect(verdict?.tightUpper).toBeCloseTo(Number(operator?.norm.value), 3);
    expect(verdict?.warnings.map(({ kind }) => kind)).toEqual(['operatorNorm']);
  });

  it('does what was asked for first, then weights, discriminators before generators', async () => {
    const { work } = await inspectWhole(twoLayers(), { first: ['g.big'] });
    expect(work).toEqual([
      'weights g.big',
      'spectra g.big',
      'operators g.big',
      'weights d.small',
      'weights d.big',
      'weights g.small',
      'spectra d.small',
      'spectra d.big',
      'operators d.big',
      'operators d.small',
      'spectra g.small',
      'operators g.small',
      'done',
    ]);
  });

  it('does not compute again what is known', async () => {
    const before = await inspectWhole(twoLayers());
    const known = Object.fromEntries(before.numbers);
    const { work, numbers, verdicts } = await inspectWhole(twoLayers(), { known });
    expect(work).toEqual(['done']);
    expect(numbers.size).toBe(0);
    expect(verdicts).toEqual(before.verdicts);
  });
});

describe('one discriminator in all formats', () => {
  let reference: WholeInspection;
  beforeAll(async () => {
    reference = await inspectWhole(fixture('pytorch-hook-f64.pt'));
  });

  /** Of raw weights, by the layers in the order of their names. */
  const norms = ({ numbers }: WholeInspection): number[] =>
    [...numbers]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, { spectrum, operator }]) => [
        spectrum?.values[0] ?? NaN,
        operator?.norm.value ?? NaN,
      ]);

  it.each([
    // Rounding of the type, relative to the largest value, and of the iteration.
    ['pytorch-hook.safetensors', 2e-5],
    ['pytorch-hook-f16.pt', 1e-3],
    ['pytorch-hook-bf16.safetensors', 8e-3],
    ['chainer.npz', 2e-5],
  ])('%s has the same norms as matrices and as convolutions', async (name, tolerance) => {
    const other = norms(await inspectWhole(fixture(name)));
    const expected = norms(reference);
    expect(other).toHaveLength(expected.length);
    other.forEach((norm, i) => {
      expect(Math.abs(norm / expected[i] - 1)).toBeLessThan(tolerance);
    });
  });

  it('reads kernels of TensorFlow.js as the same layer', async () => {
    const { numbers } = await inspectWhole(fixture('tfjs-layers/model.json'), {
      corrections: { block1_c1: { inputSize: [32, 32] } },
    });
    const [here, there] = [numbers.get('block1_c1'), reference.numbers.get('block1.c1')];
    const last = Number(there?.spectrum?.values.at(-1));
    expect(here?.spectrum?.values.at(-1)).toBeCloseTo(last, 6);
    // The true norm tells a kernel that is turned or transposed from the right one.
    expect(here?.operator?.norm.value).toBeCloseTo(Number(there?.operator?.norm.value), 4);
  });
});
