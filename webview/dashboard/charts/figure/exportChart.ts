import type { ScalarFormat } from '../../../../src/shared/dashboard';
import { fileName } from '../../../figures/fileName';
import type { Figure } from '../../../figures/figure';
import { measureIn } from '../../../figures/measure';
import { figurePng } from '../../../figures/png';
import { figureSvg } from '../../../figures/svg';
import { chartTheme, paperTheme } from '../../../figures/theme';
import { send } from '../../connection';
import type { ShownRun } from '../../runs';
import { view } from '../../viewState';
import type { ChartSpec } from '../groups';
import type { Picture } from '../picture';
import { composeFigure } from './compose';

const LEAST_WIDTH = 560;

/** How large the chart is on the page. */
export interface ShownSize {
  readonly width: number;
  readonly plotHeight: number;
}

/** Asks where to save a chart as a vector graphic. */
export function exportSvg(picture: Picture, size: ShownSize, every: boolean): void {
  const svg = figureSvg(figureOf(picture, size, every));
  save(picture, 'svg', new TextEncoder().encode(svg));
}

/** Asks where to save a chart as pixels, two for each on the page. */
export async function exportPng(picture: Picture, size: ShownSize): Promise<void> {
  const png = await figurePng(figureOf(picture, size, false));
  if (png) save(picture, 'png', png);
}

/** Asks where to save the values of a chart's tags, all of them, as they were logged. */
export function exportValues(run: ShownRun, spec: ChartSpec, format: ScalarFormat): void {
  send({ type: 'exportScalars', key: run.key, format, tags: spec.tags.map(({ tag }) => tag) });
}

function figureOf(picture: Picture, size: ShownSize, every: boolean): Figure {
  const theme = chartTheme.value;
  return composeFigure(picture, {
    width: Math.max(LEAST_WIDTH, Math.round(size.width)),
    plotHeight: size.plotHeight,
    every,
    theme: view.preferences.value.whiteFigures ? paperTheme(theme) : theme,
    measure: measureIn(theme),
  });
}

function save({ spec, lines }: Picture, format: string, contents: Uint8Array): void {
  const [first] = lines;
  const run = first?.line.run.view.value.name ?? '';
  send({ type: 'save', name: fileName([run, spec.name], format), contents });
}
