import { describe, expect, it } from 'vitest';
import { latentPaths } from '../../../../src/inspection/player/latentPaths';
import { RandomStream, randomPurpose } from '../../../../src/shared/random';

const latentDim = 16;
const stream = new RandomStream(3, randomPurpose.sampleLatent);
const from = stream.normals(2 * latentDim);
const to = stream.normals(2 * latentDim);

/** Latents of row `row`, one after the other. */
function path(paths: Float32Array, row: number, steps: number): Float32Array[] {
  return Array.from({ length: steps }, (_, i) => {
    const at = (row * steps + i) * latentDim;
    return paths.slice(at, at + latentDim);
  });
}

const length = (x: Float32Array): number => Math.hypot(...x);
const unit = (x: Float32Array): Float32Array => x.map((value) => value / length(x));
const angle = (a: Float32Array, b: Float32Array): number =>
  Math.acos(a.reduce((sum, x, i) => sum + x * b[i], 0) / length(a) / length(b));

describe('paths of latents', () => {
  it.each(['normal', 'uniform'] as const)('have exactly the given ends: %s', (latent) => {
    const steps = 7;
    const paths = latentPaths(from, to, { latentDim, latent, steps });
    expect(paths).toHaveLength(2 * steps * latentDim);
    for (const row of [0, 1]) {
      const points = path(paths, row, steps);
      expect(points[0]).toEqual(from.slice(row * latentDim, (row + 1) * latentDim));
      expect(points[steps - 1]).toEqual(to.slice(row * latentDim, (row + 1) * latentDim));
    }
  });

  it('of normal latents go along the sphere at one speed', () => {
    const steps = 5;
    const [a, b] = [unit(from.slice(0, latentDim)), unit(to.slice(0, latentDim))];
    const points = path(latentPaths(a, b, { latentDim, latent: 'normal', steps }), 0, steps);
    // Values are stored in float32.
    for (const point of points) expect(length(point)).toBeCloseTo(1, 6);
    for (let i = 1; i < steps; i++) {
      expect(angle(points[i - 1], points[i])).toBeCloseTo(angle(a, b) / (steps - 1), 5);
    }
  });

  it('of uniform latents are straight', () => {
    const [, middle] = path(
      latentPaths(from, to, { latentDim, latent: 'uniform', steps: 3 }),
      0,
      3,
    );
    middle.forEach((value, i) => expect(value).toBeCloseTo((from[i] + to[i]) / 2, 6));
  });

  it.each([
    ['the same', from],
    ['opposite', from.map((value) => -value)],
    ['nothing', new Float32Array(2 * latentDim)],
  ])('stay finite where the other end is %s', (_, end) => {
    const paths = latentPaths(from, end, { latentDim, latent: 'normal', steps: 4 });
    expect(paths.every(Number.isFinite)).toBe(true);
  });
});
