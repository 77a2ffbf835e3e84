/** A matrix of numbers, row by row. */
export type Matrix = readonly (readonly number[])[];

/**
 * Matrices of Winograd's minimal filtering F(m, r): m outputs of a filter of r taps by m + r - 1
 * products, y = Aᵀ[(G g) ⊙ (Bᵀ d)], where a plain sum takes m·r (Lavin and Gray 2016, eq. 6).
 */
export interface MinimalFiltering {
  /** Outputs m of a tile. */
  readonly outputs: number;
  /** Taps r of the filter. */
  readonly taps: number;
  /** Inputs d that a tile sees: m + r - 1. */
  readonly inputs: number;
  /** Aᵀ: [m, m + r - 1], of products to outputs. */
  readonly toOutputs: Matrix;
  /** G: [m + r - 1, r], of taps. */
  readonly ofTaps: Matrix;
  /** Bᵀ: [m + r - 1, m + r - 1], of inputs. */
  readonly ofInputs: Matrix;
}

/**
 * The minimal filtering of Toom and Cook, which multiplies two polynomials by their values at
 * some points and at infinity, transposed.
 *
 * @param points m + r - 2 different numbers; rounding errors are small where their sizes are near 1,
 *   or 0, and not too close to each other
 */
export function minimalFiltering(taps: number, points: readonly number[]): MinimalFiltering {
  const inputs = points.length + 1;
  const outputs = inputs - taps + 1;
  const evaluated = (length: number): number[][] => [
    ...points.map((point) => Array.from({ length }, (_, power) => point ** power)),
    Array.from({ length }, (_, power) => (power === length - 1 ? 1 : 0)),
  ];
  const interpolating = points.map((point, i) => {
    const others = points.filter((_, j) => j !== i);
    const scale = others.reduce((product, other) => product * (point - other), 1);
    return [...polynomialOfRoots(others).map((coefficient) => coefficient / scale), 0];
  });
  return {
    outputs,
    taps,
    inputs,
    toOutputs: transposed(evaluated(outputs)),
    ofTaps: evaluated(taps),
    ofInputs: [...interpolating, polynomialOfRoots(points)],
  };
}

/** Coefficients of Π (x - root), from that of x⁰ on. */
function polynomialOfRoots(roots: readonly number[]): number[] {
  return roots.reduce(
    (polynomial, root) =>
      [...polynomial, 0].map(
        (coefficient, power) => (power > 0 ? polynomial[power - 1] : 0) - root * coefficient,
      ),
    [1],
  );
}

/** Rows as columns. */
export function transposed(matrix: Matrix): Matrix {
  return matrix[0].map((_, column) => matrix.map((row) => row[column]));
}

/** The columns of a matrix from last to first. */
export function mirrored(matrix: Matrix): Matrix {
  return matrix.map((row) => [...row].reverse());
}
