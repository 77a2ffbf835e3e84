import { describe, expect, it } from 'vitest';
import { iterateAlternating, iterateGram } from '../../../src/spectral/powerIteration';
import {
  iterationsUntil,
  predictedError,
  predictedTangent,
} from '../../../webview/checkpoint/iteration/prediction';

/** A diagonal matrix: its singular vectors are the axes, so that angles are easily known. */
const sigmas = [2, 1.7, 0.6];
const diagonal = {
  rows: 3,
  columns: 3,
  data: Float64Array.from({ length: 9 }, (_, i) => (i % 4 === 0 ? sigmas[i / 4] : 0)),
};
const start = Float64Array.of(0.2, 1, 0.3);
const rate = {
  ratio: (sigmas[1] / sigmas[0]) ** 2,
  startTangent: Math.hypot(start[1], start[2]) / start[0],
};

describe('the predicted rate of power iteration', () => {
  it('bounds the error of the estimate at every iteration, and is near it in the end', () => {
    const walks = {
      gram: iterateGram(diagonal, start, 40),
      alternating: iterateAlternating(diagonal, start, 40),
    };
    for (const form of ['gram', 'alternating'] as const) {
      const walk = walks[form];
      if (!walk.converging) throw new Error(walk.reason);
      const errors = [...walk.estimates].map((estimate) => 1 - estimate / sigmas[0]);
      errors.forEach((error, i) => {
        expect(error).toBeLessThanOrEqual(predictedError(rate, form, i + 1) + 1e-15);
      });
      // All that is left lies along the second vector, which has this part of the start.
      const second = start[1] ** 2 / (start[1] ** 2 + start[2] ** 2);
      const share = errors[29] / predictedError(rate, form, 30);
      expect(share).toBeCloseTo(second * (1 - rate.ratio), 3);
      // Two iterations shrink the error by the fourth power of the ratio.
      expect(errors[31] / errors[29]).toBeCloseTo(rate.ratio ** 4, 3);
    }
  });

  it('bounds the angle of the vector itself, exactly where there are two directions', () => {
    const two = Float64Array.of(0.2, 1, 0);
    const walk = iterateGram(diagonal, two, 5);
    if (!walk.converging) throw new Error(walk.reason);
    const tangent = Math.abs(walk.v[1] / walk.v[0]);
    expect(predictedTangent({ ...rate, startTangent: 5 }, 'gram', 5)).toBeCloseTo(tangent, 10);
  });

  it('counts the iterations that are enough', () => {
    for (const form of ['gram', 'alternating'] as const) {
      const until = iterationsUntil(rate, form, 0.01);
      expect(predictedError(rate, form, until)).toBeLessThanOrEqual(0.01);
      expect(predictedError(rate, form, until - 1)).toBeGreaterThan(0.01);
    }
  });

  it('promises nothing where nothing is known', () => {
    expect(iterationsUntil({ ratio: 1, startTangent: 3 }, 'gram', 0.01)).toBe(Infinity);
    expect(iterationsUntil({ ratio: 0.5, startTangent: Infinity }, 'gram', 0.01)).toBe(Infinity);
    // Also where the ratio, or its power, is 0.
    for (const ratio of [0, 1e-40, 0.5, 1]) {
      for (const form of ['gram', 'alternating'] as const) {
        const orthogonal = { ratio, startTangent: Infinity };
        expect(predictedTangent(orthogonal, form, 9)).toBe(Infinity);
        expect(predictedError(orthogonal, form, 9)).toBe(1);
        expect(iterationsUntil(orthogonal, form, 0.01)).toBe(Infinity);
      }
    }
  });

  it('of a matrix with one direction is over at once', () => {
    expect(iterationsUntil({ ratio: 0, startTangent: 3 }, 'gram', 0.01)).toBe(1);
    expect(predictedError({ ratio: 0, startTangent: 3 }, 'gram', 1)).toBe(0);
  });
});
