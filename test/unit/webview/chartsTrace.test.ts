import { describe, expect, it } from 'vitest';
import { Polyline } from '../../../webview/figures/polyline';
import { Positions } from '../../../webview/dashboard/charts/positions';
import { Pyramid } from '../../../webview/dashboard/charts/pyramid';
import { trace, yOf, type Frame, type TraceOptions } from '../../../webview/dashboard/charts/trace';
import { valuesSeen } from '../../../webview/dashboard/charts/visible';

const box = { left: 10, top: 20, width: 100, height: 50 };

interface Drawing {
  readonly values: readonly number[];
  readonly steps?: readonly number[];
  readonly x?: { min: number; max: number; log?: boolean };
  readonly y?: { min: number; max: number; log?: boolean };
  readonly options?: TraceOptions;
}

function draw(drawing: Drawing): { line: Polyline; frame: Frame } {
  const { values, options } = drawing;
  const steps = Float64Array.from(drawing.steps ?? values.map((_, i) => i));
  const positions = new Positions();
  positions.extend(steps, 0);
  const curve = curveOf(values, drawing.y?.log ?? false);
  const frame: Frame = {
    box,
    x: { min: positions.min, max: positions.max, log: false, ...drawing.x },
    y: { min: 0, max: 1, log: false, ...drawing.y },
    factor: 1,
  };
  return { line: trace(curve, positions, frame, options), frame };
}

function curveOf(
  numbers: readonly number[],
  positive = false,
): { values: Float32Array; pyramid: Pyramid } {
  const values = Float32Array.from(numbers);
  const pyramid = new Pyramid(positive);
  pyramid.extend(values);
  return { values, pyramid };
}

/** Rows whose values only a drawing of every extreme shows: one spike up, one down. */
function spiky(length: number): number[] {
  const values = Array.from({ length }, (_, i) => 0.5 + 0.1 * Math.sin(i));
  values[Math.floor(length / 3)] = 0.99;
  values[Math.floor(length / 2)] = 0.01;
  return values;
}

describe('a curve that is drawn', () => {
  it('shows every point where there are few', () => {
    const { line } = draw({ values: [0, 1, 0.5, 0.25, 0] });
    expect(line.xs).toEqual([10, 35, 60, 85, 110]);
    expect(line.ys).toEqual([70, 20, 45, 57.5, 70]);
    expect(line.starts).toEqual([0]);
  });

  it('keeps the extremes of every column of pixels where there are many', () => {
    const values = spiky(100_000);
    const { line, frame } = draw({ values });
    expect(line.xs.length).toBeLessThan(4 * box.width + 8);
    const kept = curveOf(values).values;
    for (let column = 0; column < box.width; column++) {
      const rows = kept.subarray(column * 1000, (column + 1) * 1000);
      const drawn = line.ys.filter((_, i) => Math.floor(line.xs[i] - box.left) === column);
      expect(Math.min(...drawn)).toBeCloseTo(yOf(Math.max(...rows), frame), 4);
      expect(Math.max(...drawn)).toBeCloseTo(yOf(Math.min(...rows), frame), 4);
    }
  });

  it('enters and leaves a column with its first and its last value', () => {
    const values = Array.from({ length: 5000 }, (_, i) => (i % 50 === 0 ? 0.1 : 0.9));
    const { line, frame } = draw({ values });
    expect(line.ys[0]).toBeCloseTo(yOf(0.1, frame), 4);
    expect(line.ys[3]).toBeCloseTo(yOf(0.9, frame), 4);
  });

  it('shows all points when they are asked for', () => {
    const { line } = draw({ values: spiky(10_000), options: { every: true } });
    expect(line.xs).toHaveLength(10_000);
  });

  it('zoomed in shows the points in sight and their neighbours, no others', () => {
    const values = Array.from({ length: 1000 }, (_, i) => i / 1000);
    const { line } = draw({ values, x: { min: 500, max: 510 } });
    expect(line.xs).toHaveLength(13);
    expect(line.xs[0]).toBeCloseTo(0, 6);
    expect(line.xs.at(-1)).toBeCloseTo(120, 6);
  });

  it('runs on across rows that have values of other tags only, and breaks at infinities', () => {
    expect(draw({ values: [0.1, 0.2, NaN, NaN, 0.3, 0.4] }).line.starts).toEqual([0]);
    expect(draw({ values: [0.1, 0.2, Infinity, 0.3, 0.4] }).line.starts).toEqual([0, 2]);
  });

  it('runs on across columns without a value among very many rows', () => {
    const values = Array.from({ length: 10_000 }, (_, i) => (i > 3000 && i < 6000 ? NaN : 0.5));
    expect(draw({ values }).line.starts).toHaveLength(1);
  });

  it('leaves out what a logarithmic axis cannot show', () => {
    const values = [0.1, 0, 0.01, -1, 0.1, 0.1];
    const { line } = draw({ values, y: { min: 0.01, max: 0.1, log: true } });
    expect(line.starts).toEqual([0, 1, 2]);
    // Values have 32 bits.
    expect(line.ys.map((y) => Number(y.toFixed(4)))).toEqual([20, 70, 20, 20]);
  });

  it('of a run whose steps went back is drawn in two pieces', () => {
    const { line } = draw({ values: [0, 0.5, 1, 0.25, 0.75], steps: [0, 10, 20, 10, 20] });
    expect(line.starts).toEqual([0, 3]);
    expect(line.xs).toEqual([10, 60, 110, 60, 110]);
  });

  it('begins after 0 on a logarithmic x axis', () => {
    const { line } = draw({
      values: [0.5, 0.5, 0.5],
      steps: [0, 1, 100],
      x: { min: 1, max: 100, log: true },
    });
    expect(line.xs).toEqual([10, 110]);
  });

  it('marks points that no line leads to', () => {
    const { line } = draw({ values: [NaN, 0.5, Infinity, 0.5, 0.5] });
    expect(line.lonely()).toEqual([{ x: 35, y: 45 }]);
  });
});

describe('dashes', () => {
  it('recur along x, so that noise does not swallow them', () => {
    const line = new Polyline();
    line.moveTo(0, 0);
    line.lineTo(100, 0);
    const drawn = new Polyline();
    line.drawDashed(drawn, [10, 5]);
    expect(drawn.starts.map((start) => drawn.xs[start])).toEqual([0, 15, 30, 45, 60, 75, 90]);
  });

  it('hide no part of a line that goes straight up', () => {
    const line = new Polyline();
    line.moveTo(0, 0);
    line.lineTo(2, 0);
    line.lineTo(2, 50);
    const drawn = new Polyline();
    line.drawDashed(drawn, [4, 4]);
    expect(drawn.ys).toContain(50);
  });
});

describe('the values in sight', () => {
  it('are those between the ends of the axis, in every stretch', () => {
    const positions = new Positions();
    positions.extend(Float64Array.of(0, 10, 20, 30, 5, 15, 25), 0);
    const curve = curveOf([9, 1, 2, 8, 7, 3, 6]);
    const seen = valuesSeen(curve, positions, { min: 10, max: 20, log: false });
    expect(seen).toEqual({ min: 1, max: 3, count: 3 });
  });
});
