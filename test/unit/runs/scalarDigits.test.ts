import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { shortestFloat32, withoutIdleDigits } from '../../../src/runs/scalarDigits';
import { readScalars, ScalarWriter } from '../../../src/runs/scalars';
import { RandomStream, randomPurpose } from '../../../src/shared/random';

/** Any float32 but NaN and infinities, from its bits. */
function anyFloat(bits: number): number {
  const [value] = new Float32Array(Uint32Array.of(bits).buffer);
  return Number.isFinite(value) ? value : 1;
}

const significantDigits = (x: number): number =>
  x.toExponential().split('e')[0].replace(/[-.]/g, '').length;

describe('shortestFloat32', () => {
  it.each([
    [Math.fround(0.1), 0.1],
    [Math.fround(1 / 3), 0.33333334],
    [-Math.fround(Math.PI), -3.1415927],
    [0, 0],
    [1, 1],
    [16777216, 16777216],
    // The largest number, and the smallest with all 24 bits.
    [3.4028234663852886e38, 3.4028235e38],
    [1.1754943508222875e-38, 1.1754944e-38],
    [8388607.5, 8388607.5],
    [0.00019999999494757503, 0.0002],
    // Beyond float32.
    [1e300, 1e300],
    // float64 that float32 does not tell from its neighbours.
    [1.0000000001, 1],
  ])('of %d is %d', (value, expected) => {
    expect(shortestFloat32(value)).toBe(expected);
  });

  it('is the same float32, and no number with fewer digits is', () => {
    const stream = new RandomStream(5, randomPurpose.weights);
    for (let i = 0; i < 50_000; i++) {
      const value = anyFloat(stream.uint32());
      const short = shortestFloat32(value);
      if (Math.fround(short) !== value) expect.fail(`${value} became ${short}`);
      const digits = significantDigits(short);
      // Of all numbers with one digit fewer the nearest two are the ones that could be it.
      const shorter = digits > 1 ? Number(value.toPrecision(digits - 1)) : 0;
      // Below 2^-126 a float32 has fewer bits, and six digits can be too many.
      if (Math.abs(value) >= 2 ** -126 && Math.fround(shorter) === value) {
        expect.fail(`${value} became ${short}, but ${shorter} would do`);
      }
      if (digits > 9) expect.fail(`${value} became ${short}`);
    }
  });
});

describe('withoutIdleDigits', () => {
  it('keeps of each group the digits that were computed', () => {
    const third = Math.fround(1 / 3);
    expect(
      withoutIdleDigits({
        step: 7,
        time: 1741942272.1234567,
        'loss/d': third,
        'score/real': third,
        'sigma/conv1': third,
        'sigmaBar/conv1': 1.0000123456789,
        'stableRank/conv1': 1 / 3,
        'lambda/conv1': -third,
        'weight/conv1': third,
        'gradient/d': Math.hypot(third, third),
        learningRate: 0.0001980000000001,
        imagesPerSecond: 1234.56789,
        'ms/step': 12.3456789,
        'memory/rss': 123456789.4,
        'other/tag': 1 / 3,
        constructor: 1 / 3,
      }),
    ).toEqual({
      step: 7,
      time: 1741942272.123,
      'loss/d': 0.33333334,
      'score/real': 0.33333334,
      'sigma/conv1': 0.33333334,
      'sigmaBar/conv1': 1.0000124,
      'stableRank/conv1': 0.33333334,
      'lambda/conv1': -0.33333334,
      'weight/conv1': 0.33333334,
      'gradient/d': 0.47140452,
      learningRate: 0.000198,
      imagesPerSecond: 1234.568,
      'ms/step': 12.346,
      'memory/rss': 123456789,
      'other/tag': 1 / 3,
      constructor: 1 / 3,
    });
  });

  it('changes nothing of what it is given', () => {
    const record = Object.freeze({ step: 1, time: 1.23456 });
    expect(withoutIdleDigits(record)).toEqual({ step: 1, time: 1.235 });
  });
});

describe('a line of scalars.jsonl', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sn-gan-digits-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is written short, and read as the same float32', async () => {
    const file = path.join(folder, 'scalars.jsonl');
    const writer = await ScalarWriter.open(file);
    const loss = Math.fround(0.7 + 1e-3);
    writer.append({ step: 1, time: 2.00049, 'loss/d': loss });
    writer.close();
    expect(readFileSync(file, 'utf8')).toBe('{"step":1,"time":2,"loss/d":0.701}\n');
    const { records } = await readScalars(file);
    expect(Math.fround(records[0]['loss/d'])).toBe(loss);
  });
});
