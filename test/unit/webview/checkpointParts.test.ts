import { describe, expect, it } from 'vitest';
import type { LayerGeometry, Warning } from '../../../src/shared/inspection';
import {
  fieldText,
  geometryFields,
  parseField,
} from '../../../webview/checkpoint/details/geometryFields';
import { keptViewOf } from '../../../webview/checkpoint/shell/keptView';
import { preferencesOf } from '../../../webview/checkpoint/shell/preferences';
import { groupWarnings } from '../../../webview/checkpoint/verdict/groupWarnings';
import { defaultPreferences } from '../../../webview/checkpoint/viewState';
import { kernelGrid, normOf, rangeOf } from '../../../webview/checkpoint/weights/kernelGrid';

const geometry: LayerGeometry = {
  kind: 'convTranspose',
  stride: [2, 1],
  padding: [1, 1, 0, 0],
  dilation: [1, 1],
  groups: 1,
  outputPadding: [1, 1],
  inputSize: [4, 4],
};

describe('the geometry of a layer as it is typed', () => {
  it('comes back as it was written', () => {
    for (const spec of geometryFields(geometry)) {
      const parsed = parseField(spec, fieldText(geometry, spec.key));
      expect(parsed).toEqual({ correction: { [spec.key]: geometry[spec.key] } });
    }
  });

  it.each([
    ['stride', '0'],
    ['stride', '1, 2, 3'],
    ['padding', '1 2 3'],
    ['padding', '-1'],
    ['groups', '2, 2'],
    ['inputSize', '1e3'],
    ['inputSize', ''],
  ])('is refused with a sentence: %s of "%s"', (key, text) => {
    const spec = geometryFields(geometry).find((field) => field.key === key);
    expect(spec && parseField(spec, text)).toHaveProperty('flaw');
  });
});

describe('warnings', () => {
  it('come worst kind first, those that mean the same together', () => {
    const warning = (kind: Warning['kind'], layer: string, value: number): Warning => {
      return { kind, layer, value };
    };
    const groups = groupWarnings([
      [
        warning('operatorNorm', 'a', 1.2),
        warning('stale', 'a', -0.05),
        warning('operatorNorm', 'b', 1.7),
        warning('stale', 'b', 0.1),
      ],
      [warning('nonFinite', 'c', 4)],
    ]);
    const names = groups.map(({ kind, file, warnings }) => [
      kind,
      file,
      warnings.map(({ layer }) => layer).join(''),
    ]);
    expect(names).toEqual([
      ['nonFinite', 1, 'c'],
      ['stale', 0, 'a'],
      ['stale', 0, 'b'],
      ['operatorNorm', 0, 'ba'],
    ]);
  });
});

describe('kernels as pictures', () => {
  it('are a row for each output of a convolution', () => {
    const values = Float32Array.from({ length: 2 * 4 * 1 * 2 }, (_, i) => i);
    const grid = kernelGrid({ kind: 'kernels', shape: [2, 4, 1, 2], values }, 'conv');
    expect([grid.rows, grid.columns, grid.coloured]).toEqual([2, 4, false]);
    expect(rangeOf(grid, 5)).toEqual({ min: 10, max: 11 });
    expect([grid.outputOf(5), grid.inputOf(5)]).toEqual([1, 1]);
    expect(normOf(grid, 5)).toBeCloseTo(Math.hypot(8, 9, 10, 11, 12, 13, 14, 15), 10);
  });

  it('of transposed convolutions are found where PyTorch puts them', () => {
    // [in, out, 1, 1]: input 2 of output 1 is the third row's second.
    const values = Float32Array.from({ length: 4 * 2 }, (_, i) => i);
    const grid = kernelGrid({ kind: 'kernels', shape: [4, 2, 1, 1], values }, 'convTranspose');
    expect([grid.rows, grid.columns]).toEqual([2, 4]);
    expect(rangeOf(grid, 1 * 4 + 2)).toEqual({ min: 5, max: 5 });
  });

  it('with three channels are coloured, each from its own place', () => {
    const values = Float32Array.from({ length: 5 * 3 * 4 }, (_, i) => i);
    const grid = kernelGrid({ kind: 'kernels', shape: [5, 3, 2, 2], values }, 'conv');
    expect([grid.coloured, grid.tiles]).toEqual([true, 5]);
    expect(rangeOf(grid, 1)).toEqual({ min: 12, max: 23 });
  });
});

describe('what the page kept', () => {
  it('is taken value by value, whatever version wrote it', () => {
    expect(
      preferencesOf({ spectrum: { logY: false, squared: 'yes' }, columns: [1, 'sigma'] }),
    ).toEqual({
      ...defaultPreferences,
      spectrum: { ...defaultPreferences.spectrum, logY: false },
      columns: ['sigma'],
    });
    expect(preferencesOf(undefined)).toEqual(defaultPreferences);
    const view = keptViewOf({ panel: 'nowhere', layers: 'd.conv1', generated: { count: 1e9 } });
    expect(view).toMatchObject({ panel: 'spectrum', layers: [], generated: { count: 36 } });
  });
});
