import { resolveConfig } from '../../src/gan/presets';
import type { RunView, ToDashboard } from '../../src/shared/dashboard';
import { actionsOf } from '../../src/shared/runActions';

/** A run that never was, for tests of pages: 200 logged steps of a training in good health. */
export function inventedRun(change: Partial<RunView> & { key?: string } = {}): RunView {
  const status = change.status ?? 'running';
  const key = change.key ?? '/runs/20261123-101500-faces';
  return {
    key,
    name: 'faces',
    status,
    identity: {
      format: 1,
      id: '00000000-0000-4000-8000-000000000001',
      name: 'faces',
      created: '2026-11-23T10:15:00.000Z',
      state: status === 'dead' || status === 'elsewhere' ? 'running' : status,
      trainer: { pid: 4242, startTime: '1', host: 'workstation' },
      runtime: {
        name: 'tensorflow',
        version: '2.21.0',
        device: 'AMD EPYC 7B13, 2 threads',
        reason: 'Fastest of those that work here.',
      },
      exactEvery: 0,
      progress: {
        step: 2000,
        total: 20_000,
        imagesPerSecond: 96.4,
        stepsPerSecond: 1.506,
        lossD: 1.31,
        lossG: 0.42,
      },
    },
    annotations: { format: 1 },
    control: 'here',
    actions: actionsOf(status, change.control ?? 'here', true),
    config: resolveConfig({ name: 'faces', preset: 'C', data: { source: '/images/faces' } }),
    flaws: [],
    baseUri: '',
    samples: [0, 500, 1000, 1500, 2000],
    checkpoints: [1000, 2000],
    hasRealImages: true,
    ...change,
  };
}

const layers = ['conv1', 'conv2', 'conv3', 'conv4', 'conv5', 'conv6', 'conv7', 'dense'];

/** Curves that look like those of a training: [rows] logged steps, `every` apart. */
export function inventedRows(
  key: string,
  options: { rows?: number; every?: number; from?: number; seed?: number } = {},
): Extract<ToDashboard, { type: 'rows' }> {
  const { rows = 200, every = 10, from = 0, seed = 1 } = options;
  let state = seed >>> 0;
  // Numerical Recipes' generator: the same curves everywhere.
  const noise = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
  const steps = Float64Array.from({ length: rows }, (_, i) => (from + i + 1) * every);
  const times = steps.map((step) => 1_795_430_100 + step * 0.66);
  const columns: Record<string, Float32Array> = {};
  const add = (tag: string, value: (step: number, row: number) => number): void => {
    columns[tag] = Float32Array.from(steps, (step, i) => value(step, from + i));
  };
  const settle = (step: number): number => Math.exp(-step / 400);
  add('loss/d', (step) => 1.25 + 0.75 * settle(step) + 0.15 * noise());
  add('loss/g', (step) => 0.35 - 0.35 * settle(step) + 0.2 * noise());
  add('score/real', (step) => 0.5 - 0.5 * settle(step) + 0.1 * noise());
  add('score/fake', (step) => -0.4 + 0.4 * settle(step) + 0.1 * noise());
  layers.forEach((layer, i) => {
    add(`sigma/${layer}`, (step) => 0.6 + 0.25 * i + 0.6 * (1 - settle(step)) + 0.01 * noise());
    add(`weight/${layer}`, (step) => 3 + 2 * i + (1 - settle(step)) + 0.01 * noise());
    add(`sigmaBar/${layer}`, (_step, row) => (row % 50 === 49 ? 1.01 + 0.01 * noise() : NaN));
    add(`gradient/d.${layer}`, () => 0.4 + 0.05 * i + 0.1 * noise());
  });
  add('gradient/d', () => 1.4 + 0.2 * noise());
  add('gradient/g', () => 0.9 + 0.2 * noise());
  add('ms/step', () => 640 + 20 * noise());
  add('ms/log', () => 0.1 + 0.05 * noise());
  add('ms/data', () => 0.3 + 0.2 * noise());
  add('ms/update', () => 635 + 20 * noise());
  const now = (value: () => number) => (_step: number, row: number) =>
    row % 50 === 49 ? value() : NaN;
  add(
    'ms/exact',
    now(() => 8 + noise()),
  );
  add(
    'ms/sample',
    now(() => 45 + 4 * noise()),
  );
  add(
    'ms/checkpoint',
    now(() => 12 + 2 * noise()),
  );
  add('learningRate', () => 2e-4);
  add('imagesPerSecond', () => 96 + 3 * noise());
  add('memory/rss', (step) => 1.4e9 + 1e4 * step);
  add('memory/tensors', () => 512);
  add('memory/tensorBytes', () => 3.1e8);
  return { type: 'rows', key, from, total: from + rows, steps, times, columns };
}
