import { describe, expect, it } from 'vitest';
import type { RunView } from '../../../src/shared/dashboard';
import { RunColumns } from '../../../webview/dashboard/columns';
import { examine } from '../../../webview/dashboard/health/examine';
import type { Finding } from '../../../webview/dashboard/health/evidence';
import { inventedRows, inventedRun } from '../../webview/invention';

type Curve = (step: number, row: number, healthy: number) => number;

interface Case {
  readonly view?: Partial<RunView>;
  readonly rows?: number;
  readonly every?: number;
  readonly seed?: number;
  /** Curves that differ from those of a training in good health. */
  readonly curves?: Readonly<Record<string, Curve>>;
  /** Seconds since 1970 of each row, for runs whose speed matters. */
  readonly time?: (step: number, row: number) => number;
  readonly silence?: number;
}

/** Examines an invented run. */
function findingsOf(given: Case): readonly Finding[] {
  const { rows = 200, every = 10, seed = 1, curves = {}, time, silence = 0 } = given;
  const made = inventedRows('/run', { rows, every, seed });
  const columns: Record<string, Float32Array> = { ...made.columns };
  for (const [tag, curve] of Object.entries(curves)) {
    const healthy = columns[tag] as Float32Array | undefined;
    columns[tag] = Float32Array.from(made.steps, (step, i) => curve(step, i, healthy?.[i] ?? NaN));
  }
  const times = time ? Float64Array.from(made.steps, time) : made.times;
  const held = new RunColumns();
  held.append({ ...made, columns, times });
  const view = inventedRun({ samples: upTo(rows * every, 500), ...given.view });
  const step = made.steps[rows - 1];
  const identity = { ...view.identity, progress: { ...view.identity.progress, step } };
  return examine({ view: { ...view, identity }, columns: held, silence });
}

function upTo(step: number, every: number): number[] {
  return Array.from({ length: Math.floor(step / every) + 1 }, (_, i) => i * every);
}

function kindsOf(given: Case): string[] {
  return findingsOf(given).map(({ kind }) => kind);
}

const config = inventedRun().config;
if (!config) throw new Error('The invented run has a config.');

describe('health', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('finds nothing in a run in good health, seed %i', (seed) => {
    expect(findingsOf({ seed })).toEqual([]);
    expect(findingsOf({ seed, rows: 5000, every: 50 })).toEqual([]);
  });

  it('finds nothing in a run without rows, nor in one with a few', () => {
    for (const rows of [1, 5, 49]) expect(findingsOf({ rows, view: { samples: [0] } })).toEqual([]);
    const empty = { view: inventedRun({ samples: [] }), columns: new RunColumns(), silence: 0 };
    const identity = {
      ...empty.view.identity,
      state: 'starting' as const,
      progress: { step: 0, total: 20_000, imagesPerSecond: 0 },
    };
    expect(examine({ ...empty, view: { ...empty.view, identity } })).toEqual([]);
  });

  it('says that training met NaN, with the step of the reason', () => {
    const view = inventedRun({ status: 'failed' });
    const reason =
      'Step 2017: the values of conv3.weight of the discriminator contain NaN. Stopped.';
    const identity = { ...view.identity, reason };
    const found = findingsOf({ view: { status: 'failed', identity } });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ kind: 'notFinite', severity: 'error', step: 2017 });
    expect(found[0].sentence).toContain('2,017');
  });

  it('says nothing of NaN where a run failed for another reason', () => {
    const view = inventedRun({ status: 'failed' });
    const identity = { ...view.identity, reason: 'The disk is full: /runs/a.' };
    expect(kindsOf({ view: { status: 'failed', identity } })).toEqual([]);
  });

  it('names a curve that became infinite', () => {
    const found = findingsOf({
      view: { status: 'stopped' },
      curves: { 'gradient/g': (_step, row, healthy) => (row === 150 ? Infinity : healthy) },
    });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ kind: 'notFinite', step: 1510 });
  });

  describe('of D against G', () => {
    const saturated: Curve = (step, _row, healthy) => (step > 1000 ? 0.02 : healthy);

    it('finds a hinge loss that has stayed near 0, from the step at which that began', () => {
      const [found, ...others] = findingsOf({ curves: { 'loss/d': saturated } });
      expect(others).toEqual([]);
      expect(found).toMatchObject({ kind: 'saturation', severity: 'warning', step: 1010 });
      expect(found.advice).toContain('nDis');
    });

    it('looks at -2 where the loss is the clamped hinge', () => {
      const clamped = { ...config, loss: 'hinge-clamp' as const };
      const low: Curve = (step) => (step > 1000 ? -1.98 : -0.7);
      const near: Curve = (step) => (step > 1000 ? 0.02 : -0.7);
      expect(kindsOf({ view: { config: clamped }, curves: { 'loss/d': low } })).toEqual([
        'saturation',
      ]);
      expect(kindsOf({ view: { config: clamped }, curves: { 'loss/d': near } })).toEqual([]);
    });

    it('does not take a Wasserstein critic for saturated', () => {
      const wasserstein = { ...config, loss: 'wasserstein' as const };
      expect(kindsOf({ view: { config: wasserstein }, curves: { 'loss/d': saturated } })).toEqual(
        [],
      );
    });

    it('finds scores that lie far apart', () => {
      const curves: Record<string, Curve> = {
        'score/real': (step) => (step > 1000 ? 9 : 0.5),
        'score/fake': (step) => (step > 1000 ? -9 : -0.4),
      };
      expect(kindsOf({ curves })).toEqual(['saturation']);
    });

    it('forgives a loss that was near 0 for a while and came back', () => {
      const past: Curve = (step, _row, healthy) => (step > 400 && step < 1200 ? 0.02 : healthy);
      expect(kindsOf({ curves: { 'loss/d': past } })).toEqual([]);
    });

    it('does not let single batches hide a saturated D', () => {
      const mostly: Curve = (step, row, healthy) => {
        if (step <= 1000) return healthy;
        return row % 40 === 0 ? 0.4 : 0.02;
      };
      expect(kindsOf({ curves: { 'loss/d': mostly } })).toEqual(['saturation']);
    });
  });

  it('finds a gradient of G that has vanished', () => {
    const vanished: Curve = (step, _row, healthy) => (step > 1500 ? healthy * 1e-5 : healthy);
    const [found, ...others] = findingsOf({ curves: { 'gradient/g': vanished } });
    expect(others).toEqual([]);
    expect(found).toMatchObject({ kind: 'gradients', step: 1510 });
  });

  it('does not take a gradient that shrinks tenfold for vanished', () => {
    const smaller: Curve = (step, _row, healthy) => (step > 1500 ? healthy * 0.1 : healthy);
    expect(kindsOf({ curves: { 'gradient/g': smaller } })).toEqual([]);
  });

  describe('of spectral norms', () => {
    const off =
      (value: number, from = 0): Curve =>
      (step, row) =>
        row % 50 === 49 ? (step > from ? value : 1.01) : NaN;

    it('names the layer and its value where two measurements are off', () => {
      const [found, ...others] = findingsOf({ curves: { 'sigmaBar/conv5': off(1.12) } });
      expect(others).toEqual([]);
      expect(found).toMatchObject({ kind: 'sigma', severity: 'warning', step: 2000 });
      expect(found.sentence).toContain('conv5');
      expect(found.sentence).toContain('1.12');
    });

    it('counts the layers where several are off, and names the worst', () => {
      const curves = { 'sigmaBar/conv2': off(1.08), 'sigmaBar/dense': off(0.7) };
      const [found] = findingsOf({ curves });
      expect(found.sentence).toContain('2 layers');
      expect(found.sentence).toContain('dense');
    });

    it('waits for a second measurement, unless the first one is far off', () => {
      expect(kindsOf({ curves: { 'sigmaBar/conv5': off(1.12, 1900) } })).toEqual([]);
      expect(kindsOf({ curves: { 'sigmaBar/conv5': off(1.5, 1900) } })).toEqual(['sigma']);
    });

    it('says that nothing is normalised where that was switched off', () => {
      const spectralNorm = { ...config.spectralNorm, enabled: false };
      const found = findingsOf({ view: { config: { ...config, spectralNorm } } });
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ kind: 'sigma', severity: 'info' });
    });
  });

  describe('of losses', () => {
    it('finds one that jumped and stayed, with the step and both values', () => {
      const jumped: Curve = (step, _row, healthy) => (step > 1500 ? 80 + healthy : healthy);
      const [found, ...others] = findingsOf({ curves: { 'loss/g': jumped } });
      expect(others).toEqual([]);
      expect(found).toMatchObject({ kind: 'explosion', severity: 'error', step: 1510 });
      expect(found.sentence).toContain('The loss of G');
    });

    it('finds one that goes on growing', () => {
      const growing: Curve = (step, row, healthy) =>
        step > 1500 ? healthy * 1.2 ** (row - 149) : healthy;
      expect(kindsOf({ curves: { 'loss/d': growing } })).toEqual(['explosion']);
    });

    it('forgives one that came back, and single wild batches', () => {
      const back: Curve = (step, _row, healthy) => (step > 900 && step < 1300 ? 60 : healthy);
      const wild: Curve = (_step, row, healthy) => (row % 30 === 17 ? 90 : healthy);
      expect(kindsOf({ curves: { 'loss/g': back } })).toEqual([]);
      expect(kindsOf({ curves: { 'loss/g': wild } })).toEqual([]);
    });

    it('does not take a slow drift for an explosion', () => {
      const drift: Curve = (step, _row, healthy) => healthy + step / 200;
      expect(kindsOf({ rows: 1000, curves: { 'loss/g': drift } })).toEqual([]);
    });
  });

  describe('of a run that is running', () => {
    it('misses grids that are long overdue', () => {
      const found = findingsOf({ view: { samples: [0, 500] } });
      expect(found).toHaveLength(1);
      expect(found[0]).toMatchObject({ kind: 'sampling', step: 500 });
    });

    it('does not miss grids where none were asked for, or where it stands still', () => {
      const none = { ...config, samples: { ...config.samples, every: 0 } };
      expect(kindsOf({ view: { samples: [], config: none } })).toEqual([]);
      expect(kindsOf({ view: { samples: [0], status: 'paused' } })).toEqual([]);
      expect(kindsOf({ view: { samples: [0, 500, 1000] } })).toEqual([]);
    });

    it('finds that nothing was heard for long, measured by how often rows come', () => {
      expect(kindsOf({ silence: 110 })).toEqual([]);
      expect(kindsOf({ silence: 130 })).toEqual(['stall']);
      const slow = (step: number): number => 1_795_430_100 + step * 10;
      expect(kindsOf({ silence: 600, time: slow })).toEqual([]);
      expect(kindsOf({ silence: 1_100, time: slow })).toEqual(['stall']);
    });

    it('does not expect rows of one that is paused or starts', () => {
      expect(kindsOf({ silence: 1e5, view: { status: 'paused' } })).toEqual([]);
      const view = inventedRun();
      const identity = { ...view.identity, state: 'starting' as const };
      expect(kindsOf({ silence: 1e5, view: { identity } })).toEqual([]);
    });

    const minutely = (_step: number, row: number): number => 1_795_430_100 + 60 * row;
    const slower =
      (share: number, from = 150): Curve =>
      (_step, row, healthy) =>
        row > from ? share * healthy : healthy;

    it('finds that it has become less than half as fast', () => {
      const curves = { imagesPerSecond: slower(0.4) };
      const [found, ...others] = findingsOf({ time: minutely, curves });
      expect(others).toEqual([]);
      expect(found).toMatchObject({ kind: 'speed', severity: 'warning' });
      expect(found.sentence).toContain('38');
    });

    it('does not mind a third less, nor a minute of it', () => {
      expect(kindsOf({ time: minutely, curves: { imagesPerSecond: slower(0.65) } })).toEqual([]);
      expect(kindsOf({ time: minutely, curves: { imagesPerSecond: slower(0.2, 195) } })).toEqual(
        [],
      );
    });
  });

  it('names every finding once, the gravest first', () => {
    const curves: Record<string, Curve> = {
      'loss/g': (step, _row, healthy) => (step > 1500 ? 80 : healthy),
      'loss/d': (step, _row, healthy) => (step > 1000 ? 0.01 : healthy),
    };
    expect(kindsOf({ curves, view: { samples: [0] } })).toEqual([
      'explosion',
      'sampling',
      'saturation',
    ]);
  });
});
