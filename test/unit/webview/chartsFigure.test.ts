import { signal } from '@preact/signals';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { RunView } from '../../../src/shared/dashboard';
import { RunColumns } from '../../../webview/dashboard/columns';
import { curvesOf } from '../../../webview/dashboard/charts/curves';
import { composeFigure } from '../../../webview/dashboard/charts/figure/compose';
import { figureSvg } from '../../../webview/figures/svg';
import { groupCharts } from '../../../webview/dashboard/charts/groups';
import { linesOf } from '../../../webview/dashboard/charts/lines';
import type { Picture } from '../../../webview/dashboard/charts/picture';
import { chartTheme, paperTheme } from '../../../webview/figures/theme';

vi.hoisted(() => {
  // What the page finds in a webview when it is loaded.
  Object.assign(globalThis, {
    acquireVsCodeApi: () => undefined,
    document: { documentElement: { lang: 'en' } },
  });
});

const ROWS = 20_000;
const picture = {} as { whole: Picture };

beforeAll(() => {
  const columns = new RunColumns();
  columns.append({
    from: 0,
    total: ROWS,
    steps: Float64Array.from({ length: ROWS }, (_, i) => i + 1),
    times: Float64Array.from({ length: ROWS }, (_, i) => 1.79e9 + i),
    columns: {
      'loss/d': Float32Array.from({ length: ROWS }, (_, i) => Math.sin(i / 500)),
      'loss/g': Float32Array.from({ length: ROWS }, (_, i) => Math.cos(i / 500)),
    },
  });
  const run = {
    key: '/runs/a',
    view: signal({ name: 'Tom & <Jerry>' } as RunView),
    columns,
    revision: signal(1),
  };
  const [spec] = groupCharts(columns.tags, false)[0].charts;
  const curves = curvesOf(columns);
  const lines = linesOf(spec, [run]).flatMap((line) => {
    const main = curves.curve(line.tag.tag, false);
    const positions = curves.positions('step');
    return main ? [{ line, main, ghost: undefined, positions, sparse: false }] : [];
  });
  picture.whole = {
    spec: { ...spec, title: 'Losses of A & B' },
    x: { min: 1, max: ROWS, log: false },
    y: { min: -1.1, max: 1.1, log: false },
    lines,
    notPositive: 0,
  };
});

function svgOf(every: boolean): string {
  const figure = composeFigure(picture.whole, {
    width: 600,
    plotHeight: 200,
    every,
    theme: paperTheme(chartTheme.value),
    measure: (text, size) => text.length * size * 0.6,
  });
  return figureSvg(figure);
}

const points = (svg: string): number => svg.match(/[ML]-?[\d.]+ -?[\d.]+/g)?.length ?? 0;

describe('a chart as a vector graphic', () => {
  it('has its title, ticks and legend as text, with the signs that XML needs otherwise escaped', () => {
    const svg = svgOf(false);
    for (const text of ['Losses of A &amp; B', '0.5', '−1.0', '10k', 'Step', '>D<', '>G<']) {
      expect(svg).toContain(text);
    }
  });

  it('is small: its curves have what the pixels can show', () => {
    const svg = svgOf(false);
    expect(svg.length).toBeLessThan(80_000);
    // Four a column of pixels and curve, and the lines around.
    expect(points(svg)).toBeLessThan(2 * 4 * 600 + 100);
  });

  it('has every point where that is asked for', () => {
    // The second curve is dashed: where a dash begins or ends there is a point more.
    expect(points(svgOf(true))).toBeGreaterThan(1.5 * ROWS);
  });

  it('is drawn on white, with lines dark enough for it', () => {
    const svg = svgOf(false);
    expect(svg).toContain('fill="#ffffff"');
    expect(svg).not.toMatch(/rgba|NaN|undefined/);
  });
});
