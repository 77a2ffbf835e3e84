import { describe, expect, it } from 'vitest';
import { Pyramid } from '../../../webview/dashboard/charts/pyramid';

/** Numerical Recipes' generator: the same values everywhere. */
function noise(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

function plainly(
  values: Float32Array,
  from: number,
  to: number,
  positive: boolean,
): { min: number; max: number; count: number } {
  const counted = [...values.subarray(from, to)].filter(
    (value) => Number.isFinite(value) && (!positive || value > 0),
  );
  return {
    min: Math.min(Infinity, ...counted),
    max: Math.max(-Infinity, ...counted),
    count: counted.length,
  };
}

function someValues(length: number): Float32Array {
  const random = noise(7);
  return Float32Array.from({ length }, (_, i) => {
    // A stretch without any value, a few gaps, and infinities.
    if (i > 300 && i < 420) return NaN;
    const die = random();
    if (die < 0.05) return NaN;
    return die > 0.99 ? Infinity : random() * 2 - 1;
  });
}

describe('a pyramid', () => {
  it.each([false, true])('finds the extremes of any rows (only positive: %s)', (positive) => {
    const values = someValues(5000);
    const pyramid = new Pyramid(positive);
    pyramid.extend(values);
    const random = noise(3);
    for (let i = 0; i < 500; i++) {
      const [from, to] = [random(), random()]
        .map((share) => Math.floor(share * (values.length + 1)))
        .sort((a, b) => a - b);
      pyramid.find(values, from, to);
      expect(pyramid.found, `rows ${from} to ${to}`).toEqual(plainly(values, from, to, positive));
    }
  });

  it('grown row by row is what it is at once', () => {
    const values = someValues(1500);
    const grown = new Pyramid();
    for (let rows = 1; rows <= values.length; rows++) grown.extend(values.subarray(0, rows));
    grown.find(values, 3, 1499);
    expect(grown.found).toEqual(plainly(values, 3, 1499, false));
  });

  it('finds the first and the last value over long stretches of none', () => {
    const values = new Float32Array(10_000).fill(NaN);
    values[4321] = 1;
    values[7000] = 2;
    const pyramid = new Pyramid();
    pyramid.extend(values);
    expect(pyramid.firstRow(values, 0, values.length)).toBe(4321);
    expect(pyramid.firstRow(values, 4322, values.length)).toBe(7000);
    expect(pyramid.lastRow(values, 0, values.length)).toBe(7000);
    expect(pyramid.lastRow(values, 0, 7000)).toBe(4321);
    expect(pyramid.lastRow(values, 0, 4321)).toBe(-1);
    expect(pyramid.firstRow(values, 7001, values.length)).toBe(-1);
  });

  it('reads little of a million rows', () => {
    const values = new Float32Array(1_000_000).map((_, i) => i % 1000);
    const pyramid = new Pyramid();
    pyramid.extend(values);
    const counted = new Proxy(values, {
      get(target, key) {
        if (typeof key === 'string' && /^\d+$/.test(key)) reads++;
        return Reflect.get(target, key, target) as unknown;
      },
    });
    let reads = 0;
    pyramid.find(counted, 1, 999_999);
    expect(pyramid.found).toEqual({ min: 0, max: 999, count: 999_998 });
    // At most one block at each end.
    expect(reads).toBeLessThan(32);
  });
});
