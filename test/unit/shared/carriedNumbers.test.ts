import { describe, expect, it } from 'vitest';
import { packNumbers, unpackNumbers } from '../../../src/shared/carriedNumbers';

/** What JSON, by which messages travel, makes of a message. */
const carry = (message: unknown): unknown =>
  unpackNumbers(JSON.parse(JSON.stringify(packNumbers(message))));

describe('numbers in messages', () => {
  it.each([NaN, Infinity, -Infinity, 0, 1.5, null, 'NaN', true])(
    '%s arrives as it was',
    (value) => {
      expect(carry({ value, list: [value, [value]] })).toEqual({ value, list: [value, [value]] });
    },
  );

  it('leave typed arrays alone, which travel as bytes', () => {
    const values = Float64Array.of(1, NaN);
    expect(packNumbers({ values })).toEqual({ values });
    expect((packNumbers({ values }) as { values: unknown }).values).toBe(values);
    expect((unpackNumbers({ values }) as { values: unknown }).values).toBe(values);
  });

  it('stay as they are where nobody packed them', () => {
    expect(unpackNumbers({ condition: Infinity, name: { nonFinite: 'a', more: 1 } })).toEqual({
      condition: Infinity,
      name: { nonFinite: 'a', more: 1 },
    });
  });
});
