import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../../../src/gan/presets';
import type { ConfigFile } from '../../../src/shared/config';
import { RunColumns } from '../../../webview/dashboard/columns';
import { compareConfigs } from '../../../webview/dashboard/compare/configDifferences';
import { quantitiesOf, shownQuantities } from '../../../webview/dashboard/compare/quantities';
import { readQuantity } from '../../../webview/dashboard/compare/readings';
import { leaders, readRuns, sortRuns } from '../../../webview/dashboard/compare/sortRuns';
import { valuesAsText } from '../../../webview/dashboard/compare/valuesAsText';
import { inventedRun } from '../../webview/invention';

/** Columns of a run whose rows lie ten steps apart; null: no value. */
function columnsOf(values: Readonly<Record<string, readonly (number | null)[]>>): RunColumns {
  const columns = new RunColumns();
  append(columns, values);
  return columns;
}

function append(
  columns: RunColumns,
  values: Readonly<Record<string, readonly (number | null)[]>>,
  from = 0,
): void {
  const rows = Math.max(...Object.values(values).map(({ length }) => length));
  columns.append({
    from,
    total: from + rows,
    steps: Float64Array.from({ length: rows }, (_, i) => (from + i + 1) * 10),
    times: Float64Array.from({ length: rows }, (_, i) => from + i),
    columns: Object.fromEntries(
      Object.entries(values).map(([tag, column]) => [
        tag,
        Float32Array.from(column, (value) => value ?? NaN),
      ]),
    ),
  });
}

describe('differences of configs', () => {
  const config = (file: ConfigFile) => resolveConfig({ name: 'a', preset: 'C', ...file });

  it('are the keys whose values differ, with their sections', () => {
    const rows = compareConfigs([
      config({}),
      config({ optimizer: { learningRate: 1e-3 }, seed: 4 }),
      config({ optimizer: { decayFrom: 100 } }),
    ]);
    const differing = rows.filter(({ differs }) => differs);
    expect(differing).toEqual([
      { key: 'optimizer.learningRate', values: ['0.0002', '0.001', '0.0002'], differs: true },
      { key: 'optimizer.decayFrom', values: ['null', 'null', '100'], differs: true },
      { key: 'seed', values: ['0', '4', '0'], differs: true },
    ]);
    expect(rows.length).toBeGreaterThan(30);
  });

  it('are not the names and places that every run has of its own', () => {
    const rows = compareConfigs([config({}), config({ name: 'b', runsFolder: '/elsewhere' })]);
    expect(rows.some(({ differs }) => differs)).toBe(false);
    expect(rows.map(({ key }) => key)).not.toContain('name');
  });

  it('leave a config that cannot be read out of the question', () => {
    const rows = compareConfigs([config({ seed: 1 }), undefined, config({ seed: 1 })]);
    const seed = rows.find(({ key }) => key === 'seed');
    expect(seed).toEqual({ key: 'seed', values: ['1', undefined, '1'], differs: false });
  });
});

describe('quantities', () => {
  it('are the tags, with the largest sigmaBar for that of every layer', () => {
    const columns = columnsOf({ 'weight/a': [1], 'sigmaBar/a': [1], 'sigmaBar/b': [2] });
    const all = quantitiesOf([columns, columnsOf({ 'loss/d': [1] })]);
    expect(all.map(({ name }) => name)).toEqual([
      'loss/d',
      'sigmaBar',
      'weight/a',
      'sigmaBar/a',
      'sigmaBar/b',
    ]);
    expect(all.find(({ name }) => name === 'sigmaBar')?.tags).toEqual(['sigmaBar/a', 'sigmaBar/b']);
  });

  it('are shown as chosen, else the leading ones', () => {
    const all = quantitiesOf([columnsOf({ 'loss/d': [1], 'ms/data': [1] })]);
    const names = (chosen: string[] | null): string[] =>
      shownQuantities(all, chosen).map(({ name }) => name);
    expect(names(null)).toEqual(['loss/d']);
    expect(names(['ms/data', 'gone'])).toEqual(['ms/data']);
    expect(names([])).toEqual([]);
  });
});

describe('the reading of a quantity', () => {
  const columns = columnsOf({
    'loss/d': [4, 2, 1, null, 3, null],
    'sigmaBar/a': [null, 1.5, null, null, 1.01, null],
    'sigmaBar/b': [null, 1.1, null, null, 1.2, null],
  });
  const [loss, sigmaBar] = quantitiesOf([columns]);

  it('is the newest value, the lowest and the one at the cursor', () => {
    expect(readQuantity(columns, loss, 45)).toEqual({
      last: { value: 3, step: 50 },
      best: { value: 1, step: 30 },
      atCursor: { value: 1, step: 30 },
    });
  });

  it('takes the largest of the layers row by row', () => {
    const readings = readQuantity(columns, sigmaBar, 20);
    expect(readings.last?.value).toBeCloseTo(1.2, 6);
    expect(readings.best).toMatchObject({ step: 50 });
    expect(readings.atCursor).toEqual({ value: 1.5, step: 20 });
  });

  it('has nothing at a cursor before the first row or after the last', () => {
    expect(readQuantity(columns, loss, 5).atCursor).toBeUndefined();
    expect(readQuantity(columns, loss, 61).atCursor).toBeUndefined();
    expect(readQuantity(columns, loss, null).atCursor).toBeUndefined();
  });

  it('finds a new best among rows that come later, and starts anew when rows are replaced', () => {
    const growing = columnsOf({ 'loss/d': [4, 2, 3] });
    const [quantity] = quantitiesOf([growing]);
    expect(readQuantity(growing, quantity, null).best?.value).toBe(2);
    append(growing, { 'loss/d': [5, 0.5] }, 3);
    expect(readQuantity(growing, quantity, null).best).toEqual({ value: 0.5, step: 50 });
    append(growing, { 'loss/d': [9, 8] });
    expect(readQuantity(growing, quantity, null).best).toEqual({ value: 8, step: 20 });
  });

  it('has a highest speed and no best gradient', () => {
    const run = columnsOf({ imagesPerSecond: [90, 97, 80], 'gradient/d': [1, 2, 3] });
    const [speed, gradient] = quantitiesOf([run]);
    expect(readQuantity(run, speed, null).best?.value).toBe(97);
    expect(readQuantity(run, gradient, null).best).toBeUndefined();
    expect(readQuantity(run, gradient, null).last?.value).toBe(3);
  });
});

describe('runs in the table', () => {
  const runOf = (name: string, columns: RunColumns) => ({
    key: name,
    view: signal(inventedRun({ key: name, name })),
    columns,
    revision: signal(0),
  });
  const runs = [
    runOf('b', columnsOf({ 'loss/d': [2], imagesPerSecond: [50] })),
    runOf('c', columnsOf({ imagesPerSecond: [70] })),
    runOf('a', columnsOf({ 'loss/d': [1], imagesPerSecond: [70] })),
  ];
  const quantities = quantitiesOf(runs.map(({ columns }) => columns));
  const rows = readRuns(runs, quantities, null);
  const order = (sort: { column: string; descending: boolean } | null): string =>
    sortRuns(rows, quantities, 'last', sort)
      .map(({ run }) => run.key)
      .join('');

  it('stand as they were added unless they are sorted', () => {
    expect(order(null)).toBe('bca');
    expect(order({ column: 'gone', descending: false })).toBe('bca');
  });

  it('are sorted by name and by value, those without one last', () => {
    expect(order({ column: 'run', descending: false })).toBe('abc');
    expect(order({ column: 'loss/d', descending: false })).toBe('abc');
    expect(order({ column: 'loss/d', descending: true })).toBe('bac');
    expect(order({ column: 'imagesPerSecond', descending: true })).toBe('cab');
  });

  it('lead where more is better, and never by their losses', () => {
    const leading = (name: string): string[] => {
      const column = quantities.findIndex((quantity) => quantity.name === name);
      return [...leaders(rows, column, quantities[column], 'last')].map(({ key }) => key);
    };
    expect(leading('imagesPerSecond')).toEqual(['c', 'a']);
    expect(leading('loss/d')).toEqual([]);
  });

  it('become lines of tab-separated values', () => {
    const lines = valuesAsText(rows.slice(0, 1), quantities).split('\n');
    expect(lines.map((line) => line.split('\t').length)).toEqual([8, 8, 8]);
    expect(lines[1]).toBe('b\tloss/d\t2\t10\t2\t10\t\t');
  });
});
