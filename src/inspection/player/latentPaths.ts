import type { LatentDistribution } from '../../shared/config';

export interface PathOptions {
  readonly latentDim: number;
  readonly latent: LatentDistribution;
  /** Latents on a path, with both ends. */
  readonly steps: number;
}

/** Below this sine of the angle between two latents, the sphere's formula divides by nothing. */
const PARALLEL = 1e-6;

/**
 * Paths from each row of `from` to the same row of `to`, [rows * steps, latentDim]; both ends are
 * exactly the given ones.
 *
 * Normal latents of many dimensions lie near a sphere, and the straight line between two of them
 * leads through its empty middle, which no generator has been trained on: they go along the sphere
 * (White 2016, "Sampling generative networks"). Uniform ones fill a cube and go straight.
 */
export function latentPaths(
  from: Float32Array,
  to: Float32Array,
  { latentDim, latent, steps }: PathOptions,
): Float32Array {
  const rows = from.length / latentDim;
  const paths = new Float32Array(rows * steps * latentDim);
  for (let row = 0; row < rows; row++) {
    const [start, end] = [from, to].map((all) =>
      all.subarray(row * latentDim, (row + 1) * latentDim),
    );
    const angle = latent === 'normal' ? angleBetween(start, end) : 0;
    for (let step = 0; step < steps; step++) {
      const [a, b] = portions(step / (steps - 1), angle);
      const at = (row * steps + step) * latentDim;
      for (let i = 0; i < latentDim; i++) paths[at + i] = a * start[i] + b * end[i];
    }
  }
  return paths;
}

/** How much of either end a point has; `share` 0 and 1 give the ends themselves. */
function portions(share: number, angle: number): readonly [number, number] {
  if (share === 0 || share === 1 || Math.sin(angle) < PARALLEL) return [1 - share, share];
  return [
    Math.sin((1 - share) * angle) / Math.sin(angle),
    Math.sin(share * angle) / Math.sin(angle),
  ];
}

function angleBetween(a: Float32Array, b: Float32Array): number {
  let [dot, squaresA, squaresB] = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    dot += a[i] * b[i];
    squaresA += a[i] ** 2;
    squaresB += b[i] ** 2;
  }
  const cosine = dot / Math.sqrt(squaresA * squaresB);
  return Number.isNaN(cosine) ? 0 : Math.acos(Math.max(-1, Math.min(1, cosine)));
}
