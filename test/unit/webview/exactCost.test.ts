import { describe, expect, it } from 'vitest';
import { exactCost } from '../../../webview/dashboard/charts/exactCost';

/** Rows of [step, ms/step, ms/exact]; NaN where a row has no such value. */
function rows(
  ...given: readonly (readonly [number, number, number])[]
): Parameters<typeof exactCost>[0] {
  const column = (at: 0 | 1 | 2): Float32Array => Float32Array.from(given, (row) => row[at]);
  return {
    steps: Float64Array.from(column(0)),
    values: (tag) => (tag === 'ms/step' ? column(1) : tag === 'ms/exact' ? column(2) : undefined),
  };
}

describe('the cost of exact norms', () => {
  it('is a mean over the newest steps that hold one computation', () => {
    const run = rows([50, 20, 5], [100, 20, NaN], [150, 10, 1], [200, 30, NaN]);
    // 50 steps at 1 ms and 50 at none; the steps took 10 and 30 ms.
    expect(exactCost(run, 100)).toEqual({ perStep: 0.5, share: 0.025, steps: 100 });
    expect(exactCost(run, 10)).toBeUndefined();
    expect(exactCost(run, 200)).toEqual({ perStep: 1.5, share: 0.075, steps: 200 });
  });

  it('passes over rows of exact norms alone, which have no times', () => {
    const run = rows([50, 20, 2], [60, NaN, NaN], [70, NaN, NaN], [100, 20, 4], [110, NaN, NaN]);
    expect(exactCost(run, 10)).toEqual({ perStep: 4, share: 0.2, steps: 50 });
  });

  it('is not known before enough steps are logged, nor of runs that did not time it', () => {
    expect(exactCost(rows([50, 20, 1]), 100)).toBeUndefined();
    expect(exactCost(rows(), 1)).toBeUndefined();
    expect(exactCost({ steps: Float64Array.of(1), values: () => undefined }, 1)).toBeUndefined();
    // No sample grids, nothing else asked for.
    expect(exactCost(rows([50, 20, 1]), 0)).toBeUndefined();
  });
});
