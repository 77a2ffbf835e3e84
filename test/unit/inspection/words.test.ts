import { describe, expect, it } from 'vitest';
import { randomShareBelowTenth } from '../../../src/inspection/randomSpectrum';
import type { NetworkVerdict } from '../../../src/shared/inspection';
import { inDigits, inPercent } from '../../../src/shared/words/digits';
import { verdictText } from '../../../src/shared/words/verdictText';
import { warningText } from '../../../src/shared/words/warningText';
import { inspectWhole } from './inspectWhole';
import { boxes, stubFile } from './stubFile';

describe('what is said of a network', () => {
  const said = async (verdict: Partial<NetworkVerdict>): Promise<string> => {
    const { listing, verdicts } = await inspectWhole(boxes());
    const found = verdicts.get('d');
    if (!found) throw new Error('There is no verdict.');
    return verdictText({ ...found, ...verdict }, listing);
  };

  it('claims that it is 1-Lipschitz only where a guaranteed bound says so', async () => {
    expect(await said({ upper: 1, tightUpper: 0.9 })).toContain(
      'd is 1-Lipschitz by construction, given',
    );
    const tight = await said({ upper: 1.2, tightUpper: 0.9 });
    expect(tight).toContain('at most 0.9 up to their tolerance');
    expect(tight).toContain('at most 1.2 is guaranteed');
  });

  it('says why it is not, by the layer and the number', async () => {
    const text = await said({});
    expect(text).toMatch(/^d is not 1-Lipschitz by construction: its layers guarantee at most 3/);
    expect(text).toMatch(/because of d\.box, which stretches by up to 2\.9\d+\./);
    expect(text).toContain('are guessed from names and shapes');
    const stretching = (layer: string, value: number) =>
      ({ kind: 'operatorNorm', layer, value }) as const;
    expect(await said({ warnings: [stretching('a', 1.5), stretching('d.box', 2.5)] })).toContain(
      'layers that stretch (2 in all), d.box most, by up to 2.5.',
    );
  });

  it('says that it is not 1-Lipschitz at all only where a gradient proves it', async () => {
    const lower = { largest: 1.7, where: 'between' } as const;
    const proven = await said({ lower });
    expect(proven).toMatch(/^d is not 1-Lipschitz\. /);
    expect(proven).toContain('Between a real and a generated image d has a gradient of norm 1.7');
    expect(await said({ lower: { ...lower, largest: 0.7 } })).toContain(
      '1-Lipschitz by construction: its',
    );
  });

  it('admits what is not known', async () => {
    expect(await said({ upper: null, tightUpper: null })).toContain('until the norms of all its');
    const { listing, verdicts } = await inspectWhole(
      stubFile({ 'd.attn.theta.weight': { shape: [1, 1], data: [2] } }),
    );
    const [verdict] = verdicts.values();
    expect(verdictText(verdict, listing)).toContain('It is not known how the layers of d follow');
  });
});

describe('warnings in words', () => {
  it('has the layer and the number of each', () => {
    const title = (kind: Parameters<typeof warningText>[0]['kind'], value: number): string =>
      warningText({ kind, layer: 'conv3', value }).title;
    expect(title('stale', -0.05)).toBe(
      'conv3: sigma is estimated 5 % too low; the weight in use has norm 1.053',
    );
    expect(title('stale', 0.02)).toContain('2 % too high; the weight in use has norm 0.9804');
    expect(title('collapse', 0.624)).toContain('conv3: 62 % of the singular values');
    expect(title('operatorNorm', 1.8765)).toBe('conv3 stretches by up to 1.877');
    expect(title('missingU', 2)).toContain('sigma is taken to be 2');
    expect(title('notNormalized', 4)).toContain('its norm is 4');
    expect(title('nonFinite', 7)).toBe('conv3: NaN or infinite values, 7 in all');
  });

  it('writes numbers of any size with four digits', () => {
    expect([1, 1.23456, 0.00012346, 1.2345e-7, 123456, 1e9, Infinity, NaN].map(inDigits)).toEqual([
      '1',
      '1.235',
      '0.0001235',
      '1.23e-7',
      '123500',
      '1.00e+9',
      '∞',
      'NaN',
    ]);
    expect([0, 0.004, 0.5].map(inPercent)).toEqual(['0 %', '0.4 %', '50 %']);
  });
});

describe('a collapsed spectrum', () => {
  /** A diagonal weight with these singular values, which is all that the warning looks at. */
  const warned = async (values: readonly number[]): Promise<boolean> => {
    const n = values.length;
    const data = new Array<number>(n * n).fill(0);
    values.forEach((value, i) => {
      data[i * n + i] = value;
    });
    const { verdicts } = await inspectWhole(stubFile({ 'd.fc.weight': { shape: [n, n], data } }));
    return [...verdicts.values()].some(({ warnings }) =>
      warnings.some(({ kind }) => kind === 'collapse'),
    );
  };

  it('is told from what chance makes: a random square matrix has 13 % below a tenth', () => {
    // The quarter-circle law: (x sqrt(4 - x^2) / 2 + 2 asin(x / 2)) / pi at x = 0.2.
    expect(randomShareBelowTenth(512, 512)).toBeCloseTo(0.1271, 3);
    expect(randomShareBelowTenth(64, 576)).toBe(0);
  });

  it('warns where most directions are lost, and not where some values are small', async () => {
    const few = Array.from({ length: 16 }, (_, i) => (i < 3 ? 1 : 0.01));
    expect(await warned(few)).toBe(true);
    expect(await warned(Array.from({ length: 16 }, (_, i) => 1 - i / 16))).toBe(false);
    // Too few values for a share to say anything.
    expect(await warned([1, 0.01, 0.01])).toBe(false);
  });
});
