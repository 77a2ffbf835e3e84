import type {
  CircularAnswer,
  DriftAnswer,
  HistoryAnswer,
  IterationAnswer,
} from '../../src/shared/inspectionQuestions';

/** Answers to questions about files that never were. */

/** Spectra that widen over training; the last step has those given. */
export function inventedDrift(steps: readonly number[], count = 24): DriftAnswer[] {
  return steps.map((step, i) => {
    const age = (i + 1) / steps.length;
    const values = Float64Array.from({ length: count }, (_, k) => {
      return (1 + age) * Math.exp((-k / count) * (0.6 + 3 * age));
    });
    const total = steps.length;
    return { kind: 'drift', step, values, estimate: values[0] * 0.99, done: i + 1, total };
  });
}

/** Exact norms that settle near 1. */
export function inventedHistory(layers: readonly string[], rows = 100): HistoryAnswer {
  const steps = Float64Array.from({ length: rows }, (_, i) => 10 * (i + 1));
  const series = (make: (row: number, layer: number) => number): Record<string, Float64Array> =>
    Object.fromEntries(
      layers.map((layer, k) => [layer, Float64Array.from({ length: rows }, (_, i) => make(i, k))]),
    );
  return {
    kind: 'history',
    steps,
    layers: series((row, k) => 1 + (0.01 + 0.02 * k) * Math.exp(-row / 20)),
    lambdas: series((row, k) => 0.2 * Math.sin(row / 9 + k)),
    stableRanks: series((row, k) => 3 + k + row / 40),
  };
}

/** What a matrix of two singular values, 2 and 1.8, estimates from a start 45 degrees off. */
export function inventedIteration(iterations: number): IterationAnswer {
  const [exact, second] = [2, 1.8];
  const ratio = (second / exact) ** 2;
  const estimates = Float64Array.from({ length: iterations }, (_, i) => {
    const tangent = ratio ** (i + 1);
    const cosine = 1 / Math.hypot(1, tangent);
    return Math.hypot(exact * cosine, second * cosine * tangent);
  });
  return { kind: 'powerIteration', exact, ratio, estimates, startTangent: 1 };
}

/** Many values of a circular convolution. */
export function inventedCircular(count = 3000): CircularAnswer {
  const values = Float64Array.from({ length: count }, (_, i) => 3 * (1 - (0.98 * i) / count));
  return { kind: 'circularSpectrum', values, gridSize: [32, 32] };
}
