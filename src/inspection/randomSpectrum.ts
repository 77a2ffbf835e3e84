/** Steps of the integral; its integrand is smooth but for the ends, where it is 0. */
const STEPS = 2000;

/**
 * The share of singular values below a tenth of the largest that a large random matrix of this
 * shape has, by the law of Marchenko and Pastur (1967): with y = short side / long side they lie
 * between 1 - sqrt(y) and 1 + sqrt(y), in units of the entries' deviation times the root of the
 * long side, with the density sqrt((b - s^2)(s^2 - a)) / (pi y s). Square matrices have 13 %,
 * those of less than two thirds as many rows as columns none.
 */
export function randomShareBelowTenth(rows: number, columns: number): number {
  const y = Math.min(rows, columns) / Math.max(rows, columns);
  const [low, high] = [1 - Math.sqrt(y), 1 + Math.sqrt(y)];
  const limit = high / 10;
  if (low >= limit) return 0;
  const width = (limit - low) / STEPS;
  let share = 0;
  for (let i = 0; i < STEPS; i++) {
    const s = low + (i + 0.5) * width;
    share += (width * Math.sqrt((high ** 2 - s ** 2) * (s ** 2 - low ** 2))) / (Math.PI * y * s);
  }
  return share;
}
