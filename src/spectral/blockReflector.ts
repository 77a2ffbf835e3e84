import { addRowProducts } from './rowProducts';

/** Columns that are worked on at once, so that the vectors' part there stays in a cache. */
const TILE = 128;

/**
 * Several reflections H_1 H_2 … H_k as the one map I - V^T T V (Schreiber and Van Loan 1989), where
 * the unit vectors are the rows of V: applied to many rows at once it is two products of matrices,
 * which a processor does twice as fast as one reflection after the other.
 */
export class BlockReflector {
  private readonly vectors: Float64Array;
  /** The k x k matrix T, upper triangular, in rows of `most`. */
  private readonly factor: Float64Array;
  private count = 0;

  /**
   * @param length of the rows that it is applied to
   * @param most reflections at most
   */
  constructor(
    private readonly length: number,
    private readonly most: number,
  ) {
    this.vectors = new Float64Array(length * most);
    this.factor = new Float64Array(most * most);
  }

  /** Adds I - 2 x x^T / x^T x, where x is `vector` at the end of a row and zeros before. */
  add(vector: Float64Array): void {
    const { length, most, factor, vectors, count: k } = this;
    const before = length - vector.length;
    let squares = 0;
    for (const value of vector) squares += value * value;
    const scale = 1 / Math.sqrt(squares);
    for (let j = 0; j < vector.length; j++) vectors[k * length + before + j] = vector[j] * scale;
    const products = new Float64Array(k);
    const own = { data: vectors, first: k * length + before, step: length, count: 1 };
    const others = { data: vectors, first: before, step: length, count: k };
    addRowProducts(own, others, vector.length, { data: products, first: 0, step: k, sideStep: 1 });
    for (let i = 0; i < k; i++) {
      let sum = 0;
      for (let j = i; j < k; j++) sum += factor[i * most + j] * products[j];
      factor[i * most + k] = -2 * sum;
    }
    factor[k * most + k] = 2;
    this.count++;
  }

  /** Applies all reflections to rows of its length, `step` apart, the first first. */
  apply(data: Float64Array, first: number, step: number, rows: number): void {
    const { length, count } = this;
    if (count === 0 || rows === 0) return;
    const along = new Float64Array(rows * count);
    addRowProducts(
      { data, first, step, count: rows },
      { data: this.vectors, first: 0, step: length, count },
      length,
      { data: along, first: 0, step: count, sideStep: 1 },
    );
    this.multiplyByFactor(along, rows);
    const part = new Float64Array(TILE * count);
    for (let from = 0; from < length; from += TILE) {
      const width = Math.min(TILE, length - from);
      for (let k = 0; k < count; k++) {
        for (let j = 0; j < width; j++) part[j * count + k] = this.vectors[k * length + from + j];
      }
      addRowProducts(
        { data: along, first: 0, step: count, count: rows },
        { data: part, first: 0, step: count, count: width },
        count,
        { data, first: first + from, step, sideStep: 1 },
      );
    }
  }

  /** Replaces each row by minus itself times T. */
  private multiplyByFactor(along: Float64Array, rows: number): void {
    const { count, most, factor } = this;
    for (let i = 0; i < rows; i++) {
      for (let k = count - 1; k >= 0; k--) {
        let sum = 0;
        for (let j = 0; j <= k; j++) sum += along[i * count + j] * factor[j * most + k];
        along[i * count + k] = -sum;
      }
    }
  }
}
