import type { ScalarFormat } from '../../../../src/shared/dashboard';
import { send } from '../../connection';
import type { ShownRun } from '../../runs';
import { view } from '../../viewState';
import type { ChartSpec } from '../groups';
import type { Picture } from '../picture';
import { chartTheme, paperTheme } from '../theme';
import { composeFigure } from './compose';
import type { Figure } from './figure';
import { paintFigure } from './paint';
import { figureSvg } from './svg';

/** Pixels of a PNG per pixel of the figure. */
const PNG_RATIO = 2;
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
  const figure = figureOf(picture, size, false);
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(figure.width * PNG_RATIO);
  canvas.height = Math.round(figure.height * PNG_RATIO);
  const context = canvas.getContext('2d');
  if (!context) return;
  context.scale(PNG_RATIO, PNG_RATIO);
  paintFigure(figure, context);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  if (blob) save(picture, 'png', new Uint8Array(await blob.arrayBuffer()));
}

/** Asks where to save the values of a chart's tags, all of them, as they were logged. */
export function exportValues(run: ShownRun, spec: ChartSpec, format: ScalarFormat): void {
  send({ type: 'exportScalars', key: run.key, format, tags: spec.tags.map(({ tag }) => tag) });
}

function figureOf(picture: Picture, size: ShownSize, every: boolean): Figure {
  const theme = chartTheme.value;
  const pen = document.createElement('canvas').getContext('2d');
  return composeFigure(picture, {
    width: Math.max(LEAST_WIDTH, Math.round(size.width)),
    plotHeight: size.plotHeight,
    every,
    theme: view.preferences.value.whiteFigures ? paperTheme(theme) : theme,
    measure: (text, pixels) => {
      if (!pen) return 0.6 * pixels * text.length;
      pen.font = `${pixels}px ${theme.fontFamily}`;
      return pen.measureText(text).width;
    },
  });
}

function save({ spec, lines }: Picture, format: string, contents: Uint8Array): void {
  const [first] = lines;
  const run = first?.line.run.view.value.name ?? '';
  const name = [run, spec.name].map(plain).filter(Boolean).join('-');
  send({ type: 'save', name: `${name}.${format}`, contents });
}

/** Only what every file system takes. */
function plain(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
}
