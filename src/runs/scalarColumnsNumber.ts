const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const ZERO = 0x30;
const LOWER_E = 0x65;
const UPPER_E = 0x45;

/** Powers of ten that a double holds exactly. */
const exactPowers = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const MAX_EXACT_POWER = 22;
/** Digits that an int32 holds, whatever they are. */
const DIGITS_OF_INT = 9;
/** Three rounded operations err by less than half of this share. */
const MARGIN = 2 ** -50;

/**
 * Reads numbers out of bytes of JSON several times faster than texts could be cut out and parsed.
 *
 * The result is the double that `JSON.parse` gives. Up to 2^53 the digits are an exact double, and
 * so is a power of ten up to 10^22; one multiplication or division of the two rounds once and is
 * therefore right (Clinger 1990). Everything else is left to `Number`.
 */
export class NumberScanner {
  /** Index after the number that was read last. */
  end = 0;

  /**
   * Reads the number that begins at an index.
   *
   * @param bytes must have a byte that belongs to no number after it
   * @param single whether only the nearest float32 matters: then the result may be another double
   *   that rounds to the same one
   * @returns NaN where no JSON number begins; infinity for one that no double can hold
   */
  scan(bytes: Buffer, start: number, single: boolean): number {
    let at = start;
    const negative = bytes[at] === MINUS;
    if (negative) at++;
    const leadingZero = bytes[at] === ZERO;
    if (leadingZero) at++;
    const firstDigit = at;
    let mantissa = 0;
    let digit = bytes[at] - ZERO;
    while (digit >= 0 && digit <= 9) {
      // Wraps beyond nine digits; such numbers are read in another way.
      mantissa = (Math.imul(mantissa, 10) + digit) | 0;
      digit = bytes[++at] - ZERO;
    }
    // JSON wants digits, and none after a leading zero.
    if (leadingZero === at > firstDigit) return NaN;
    let fraction = 0;
    if (bytes[at] === POINT) {
      const point = at++;
      digit = bytes[at] - ZERO;
      while (digit >= 0 && digit <= 9) {
        mantissa = (Math.imul(mantissa, 10) + digit) | 0;
        digit = bytes[++at] - ZERO;
      }
      fraction = at - point - 1;
      if (fraction === 0) return NaN;
    }
    const lastDigit = at;
    this.end = at;
    let scale = -fraction;
    if (bytes[at] === LOWER_E || bytes[at] === UPPER_E) scale += this.scanExponent(bytes, at + 1);
    const digits = lastDigit - firstDigit - (fraction > 0 ? 1 : 0);
    const size =
      digits <= DIGITS_OF_INT
        ? scaledExactly(mantissa, scale)
        : scaled(readDigits(bytes, firstDigit, lastDigit), scale, single);
    // No exact way; or no number at all, which is NaN for `Number` as well.
    if (Number.isNaN(size)) return Number(bytes.toString('latin1', start, this.end));
    return negative ? -size : size;
  }

  /** NaN where no exponent stands. */
  private scanExponent(bytes: Buffer, start: number): number {
    let at = start;
    const negative = bytes[at] === MINUS;
    if (negative || bytes[at] === PLUS) at++;
    const firstDigit = at;
    let exponent = 0;
    for (let digit = bytes[at] - ZERO; digit >= 0 && digit <= 9; digit = bytes[++at] - ZERO) {
      // Bounded: more are zero or infinity all the same.
      exponent = Math.min(exponent * 10 + digit, 99_999);
    }
    this.end = at;
    if (at === firstDigit) return NaN;
    return negative ? -exponent : exponent;
  }
}

/** mantissa * 10^scale with one rounding; NaN where that cannot be had. */
function scaledExactly(mantissa: number, scale: number): number {
  if (scale <= 0 && scale >= -MAX_EXACT_POWER) return mantissa / exactPowers[-scale];
  return scale > 0 && scale <= MAX_EXACT_POWER ? mantissa * exactPowers[scale] : NaN;
}

/** The same for a mantissa that was rounded itself, where the nearest float32 is beyond doubt. */
function scaled(mantissa: number, scale: number, single: boolean): number {
  const value = scaledExactly(mantissa, scale);
  if (mantissa <= Number.MAX_SAFE_INTEGER) return value;
  const sure = Math.fround(value * (1 - MARGIN)) === Math.fround(value * (1 + MARGIN));
  return single && sure ? value : NaN;
}

/** The digits of a number as one, its point left out; NaN for more than 18, which never are exact. */
function readDigits(bytes: Buffer, start: number, end: number): number {
  let high = 0;
  let low = 0;
  let count = 0;
  for (let at = start; at < end; at++) {
    const digit = bytes[at] - ZERO;
    if (digit < 0) continue;
    if (count < DIGITS_OF_INT) high = (Math.imul(high, 10) + digit) | 0;
    else low = (Math.imul(low, 10) + digit) | 0;
    count++;
  }
  return count > 2 * DIGITS_OF_INT ? NaN : high * exactPowers[count - DIGITS_OF_INT] + low;
}
