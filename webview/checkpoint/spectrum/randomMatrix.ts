/**
 * Singular values that a matrix of independent random entries is expected to have. For large
 * matrices the squares of them follow the law of Marchenko and Pastur (1967): with m <= n sides,
 * y = m / n and entries of variance s^2, sigma^2 / (n s^2) has the density
 * sqrt((b - x)(x - a)) / (2 pi y x) between a = (1 - sqrt y)^2 and b = (1 + sqrt y)^2.
 */

/** Halvings of the interval; its end is then below the precision of a double. */
const HALVINGS = 52;

/**
 * The quantiles of that law at the middles of m equal shares, as singular values, largest first.
 *
 * @param rows of the matrix
 * @param columns of the matrix
 * @param frobenius ||W||_F of the weight to compare with: it gives the variance of the entries
 */
export function randomSingularValues(
  rows: number,
  columns: number,
  frobenius: number,
): Float64Array {
  const few = Math.min(rows, columns);
  const many = Math.max(rows, columns);
  const ratio = few / many;
  const deviation = frobenius / Math.sqrt(rows * columns);
  return Float64Array.from({ length: few }, (_, i) => {
    const theta = angleOfTail((i + 0.5) / few, ratio);
    return deviation * Math.sqrt(many * pointAt(theta, ratio));
  });
}

/**
 * Share of the law above x = 1 + y + 2 sqrt(y) cos theta. With x put so, the density times dx is
 * 2 sin^2(theta) / (pi x) d theta, which has an integral in closed form.
 *
 * @param theta 0 (the greatest value) to pi (the least)
 * @param ratio y, above 0 and at most 1
 */
export function tailAbove(theta: number, ratio: number): number {
  const root = Math.sqrt(ratio);
  const turn = Math.atan2((1 - root) * Math.sin(theta / 2), (1 + root) * Math.cos(theta / 2));
  const sum = ((1 + ratio) * theta) / 2 - root * Math.sin(theta) - (1 - ratio) * turn;
  return sum / (Math.PI * ratio);
}

function angleOfTail(share: number, ratio: number): number {
  let [low, high] = [0, Math.PI];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (tailAbove(middle, ratio) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function pointAt(theta: number, ratio: number): number {
  return Math.max(0, 1 + ratio + 2 * Math.sqrt(ratio) * Math.cos(theta));
}
