import { describe, expect, it } from 'vitest';
import { NumberScanner } from '../../../src/runs/scalarColumnsNumber';
import { randomPurpose, RandomStream } from '../../../src/shared/random';

const scanner = new NumberScanner();
const random = new RandomStream(11, randomPurpose.order);
const below = (count: number): number => Math.floor(random.uniform() * count);

/** Holds that a JSON number is read to its end and to the last bit. */
function check(text: string): void {
  const bytes = Buffer.from(`:${text},`);
  const expected = JSON.parse(text) as number;
  expect(scanner.scan(bytes, 1, false), text).toBe(expected);
  expect(scanner.end, text).toBe(1 + text.length);
  expect(Math.fround(scanner.scan(bytes, 1, true)), text).toBe(Math.fround(expected));
}

const digits = (count: number): string =>
  Array.from({ length: count }, () => String(below(10))).join('');

describe('NumberScanner', () => {
  it('reads numbers of every length, point and exponent to the last bit', () => {
    for (let i = 0; i < 40_000; i++) {
      const whole = below(3) === 0 ? '0' : `${1 + below(9)}${digits(below(20))}`;
      const fraction = below(3) === 0 ? '' : `.${digits(1 + below(25))}`;
      const sign = ['', '+', '-'][below(3)];
      const exponent = below(3) > 0 ? '' : `${'eE'[below(2)]}${sign}${below(330)}`;
      check(`${below(2) === 0 ? '-' : ''}${whole}${fraction}${exponent}`);
    }
  });

  it('reads every double and float32 as it is written to files', () => {
    const view = new DataView(new ArrayBuffer(8));
    for (let i = 0; i < 40_000; i++) {
      view.setUint32(0, random.uint32());
      view.setUint32(4, random.uint32());
      for (const value of [view.getFloat64(0), view.getFloat32(0)]) {
        if (Number.isFinite(value)) check(JSON.stringify(value));
      }
    }
  });

  it('rounds to the nearest float32 where a number lies between two of them', () => {
    for (let i = 0; i < 20_000; i++) {
      const low = Math.fround(random.uniform() * 10 ** below(12));
      const bits = new Uint32Array(Float32Array.of(low).buffer);
      bits[0]++;
      const middle = (low + new Float32Array(bits.buffer)[0]) / 2;
      // The middle itself, to all of its digits, and a little beside it.
      for (const text of [middle.toFixed(18), (middle * (1 + 2 ** -52)).toFixed(17)]) {
        check(text.replace(/^(\d+\.\d{1,17})\d*$/, '$1'));
        check(text);
      }
    }
  });

  it.each(['0', '-0', '0.0', '0e5', '-0.0e-400', '9007199254740991', '9007199254740992'])(
    'reads %s',
    check,
  );
  it.each(['9007199254740993', '999999999', '1000000000', '0.999999999', '123456789.123456789'])(
    'reads %s',
    check,
  );
  it.each(['3.4028235677973366e38', '3.4028235e38', '1e308', '1.8e308', '5e-324', '1e-50'])(
    'reads %s',
    check,
  );

  it.each(['', '-', '+1', '.5', '1.', '01', '00', '-01', '1e', '1e+', 'NaN', '-Infinity', '--1'])(
    'finds no number in "%s"',
    (text) => {
      const bytes = Buffer.from(`:${text},`);
      const value = scanner.scan(bytes, 1, false);
      // Either none at all, or one that does not reach to where the next thing stands.
      expect(Number.isNaN(value) || scanner.end < 1 + text.length).toBe(true);
    },
  );
});
