import { fileName } from './fileName';
import type { Figure } from './figure';
import { measureIn, type Measure } from './measure';
import { figurePng } from './png';
import { figureSvg } from './svg';
import { chartTheme, paperTheme, type ChartTheme } from './theme';
import { tableCsv, tableJson, type ValueTable } from './valueTable';

/** Figures that go into a text are at least this wide. */
export const PAPER_WIDTH = 640;

/** How a page saves what its figures show. */
export interface Exporting {
  /** Whether pictures are on white paper; else they look as on the screen. */
  readonly white: boolean;
  readonly onWhite: (white: boolean) => void;
  readonly save: (name: string, contents: Uint8Array) => void;
}

/** Makes the figure that is saved, in a theme. */
export type ComposeForPaper = (theme: ChartTheme, measure: Measure) => Figure | undefined;

export type ExportFormat = 'png' | 'svg' | 'csv' | 'json';

/** Saves a figure or its values. */
export async function exportFigure(
  format: ExportFormat,
  words: readonly string[],
  made: { readonly compose: ComposeForPaper; readonly table: () => ValueTable },
  { white, save }: Exporting,
): Promise<void> {
  const contents = await contentsOf(format, made, white);
  if (contents) save(fileName(words, format), contents);
}

async function contentsOf(
  format: ExportFormat,
  { compose, table }: { readonly compose: ComposeForPaper; readonly table: () => ValueTable },
  white: boolean,
): Promise<Uint8Array | undefined> {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  if (format === 'csv') return encode(tableCsv(table()));
  if (format === 'json') return encode(tableJson(table()));
  const theme = white ? paperTheme(chartTheme.peek()) : chartTheme.peek();
  const figure = compose(theme, measureIn(theme));
  if (!figure) return undefined;
  return format === 'svg' ? encode(figureSvg(figure)) : figurePng(figure);
}
