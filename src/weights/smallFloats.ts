import { halfToNumber } from '../shared/halfFloat';

/** Names of safetensors for the floats of eight bits. */
export type SmallFloat = 'F8_E4M3' | 'F8_E5M2' | 'F8_E4M3FNUZ' | 'F8_E5M2FNUZ' | 'F8_E8M0';

let tables: Readonly<Record<SmallFloat, Float32Array>> | undefined;

/**
 * The numbers that the 256 bytes of each type stand for. E4M3 and E5M2 are those of "FP8 Formats
 * for Deep Learning" (Micikevicius et al. 2022); FNUZ has one zero, one NaN, and no infinity
 * (Noune et al. 2022); E8M0 is the scale of the OCP microscaling formats.
 */
export function smallFloatTables(): Readonly<Record<SmallFloat, Float32Array>> {
  return (tables ??= {
    F8_E4M3: table((byte) => ((byte & 0x7f) === 0x7f ? NaN : minifloat(byte, 3, 7))),
    F8_E5M2: table((byte) => halfToNumber(byte << 8)),
    F8_E4M3FNUZ: table((byte) => (byte === 0x80 ? NaN : minifloat(byte, 3, 8))),
    F8_E5M2FNUZ: table((byte) => (byte === 0x80 ? NaN : minifloat(byte, 2, 16))),
    F8_E8M0: table((byte) => (byte === 0xff ? NaN : 2 ** (byte - 127))),
  });
}

function table(numberOf: (byte: number) => number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, byte) => numberOf(byte));
}

/** Sign, exponent, fraction, with gradual underflow and no special values. */
function minifloat(byte: number, fractionBits: number, bias: number): number {
  const sign = byte & 0x80 ? -1 : 1;
  const exponent = (byte & 0x7f) >> fractionBits;
  const fraction = (byte & ((1 << fractionBits) - 1)) / (1 << fractionBits);
  if (exponent === 0) return sign * fraction * 2 ** (1 - bias);
  return sign * (1 + fraction) * 2 ** (exponent - bias);
}
