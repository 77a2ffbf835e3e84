import { t } from '@vscode/l10n';
import type { Box, Figure, Shape } from '../figure';
import { formatTick } from '../format';
import { layFigure, PAPER_MARGIN, TITLE_HEIGHT } from '../plot/paper';
import { mostTicks } from '../style';
import type { ChartTheme } from '../theme';
import { countTicks } from '../ticks';
import type { HeatMap } from './heatMap';
import { rampColours } from './ramp';

const SIZE = 11;
const LEVELS = 48;
const LEFT = 46;
const BELOW = 38;
const ABOVE = 22;
const BAR = 12;
const BAR_ROOM = 64;

export interface HeatOptions {
  readonly width: number;
  readonly height: number;
  readonly theme: ChartTheme;
  readonly paper: boolean;
}

/** Draws a heat map with its axes and a bar that says what the colours mean. */
export function composeHeat(title: string, heat: HeatMap, options: HeatOptions): Figure {
  const { theme, paper } = options;
  const box = heatBox(options);
  const height = box.top + box.height + BELOW + (paper ? PAPER_MARGIN : 0);
  const colours = rampColours(LEVELS, theme);
  return layFigure(
    { ...options, title, height },
    [...axes(heat, box, theme), ...colourBar(heat, box, theme, colours)],
    [{ box, shapes: cellsOf(heat, box, colours) }],
  );
}

/** Where the cells are. */
export function heatBox({ width, height, paper }: HeatOptions): Box {
  const margin = paper ? PAPER_MARGIN : 0;
  const top = ABOVE + (paper ? TITLE_HEIGHT + margin : 0);
  const left = LEFT + margin;
  return {
    left,
    top,
    width: Math.max(40, width - left - margin - BAR_ROOM),
    height: height - ABOVE - BELOW,
  };
}

/** Where a column lies, on whole pixels so that no seam is seen between two. */
export function columnSpan(heat: HeatMap, column: number, { left, width }: Box): [number, number] {
  const first = heat.edges[0];
  const whole = heat.edges[heat.edges.length - 1] - first;
  const at = (edge: number): number => left + Math.round(((edge - first) / whole) * width);
  return [at(heat.edges[column]), at(heat.edges[column + 1])];
}

/** Where a row of cells lies, the first one at the top. */
export function rowSpan({ starts }: HeatMap, bin: number, { top, height }: Box): [number, number] {
  const rows = starts[starts.length - 1];
  const at = (row: number): number => top + Math.round((row / rows) * height);
  return [at(starts[bin]), at(starts[bin + 1])];
}

/** One path for all cells of a colour. */
function cellsOf(heat: HeatMap, box: Box, colours: readonly string[]): Shape[] {
  const paths = colours.map((): string[] => []);
  heat.cells.forEach((cells, column) => {
    const [left, right] = columnSpan(heat, column, box);
    if (right <= left) return;
    cells.forEach((cell, bin) => {
      const [top, bottom] = rowSpan(heat, bin, box);
      if (Number.isNaN(cell) || bottom <= top) return;
      const width = right - left;
      paths[levelOf(cell, heat)].push(`M${left} ${top}h${width}v${bottom - top}h${-width}z`);
    });
  });
  return paths.flatMap((path, level): Shape[] =>
    path.length === 0 ? [] : [{ kind: 'mark', path: path.join(''), fill: colours[level] }],
  );
}

function levelOf(value: number, { from, to }: HeatMap): number {
  const share = (value - from) / (to - from);
  return Math.max(0, Math.min(LEVELS - 1, Math.floor(share * LEVELS)));
}

function axes(heat: HeatMap, box: Box, theme: ChartTheme): Shape[] {
  const label = { kind: 'text', size: SIZE, fill: theme.muted } as const;
  const line = { kind: 'stroke', width: 1, dash: [], colour: theme.frame } as const;
  const [right, bottom] = [box.left + box.width, box.top + box.height];
  const rows = heat.starts[heat.starts.length - 1];
  const first = heat.edges[0];
  const last = heat.edges[heat.edges.length - 1];
  const shapes: Shape[] = [];
  const indices = countTicks({ min: 1, max: rows, log: false }, mostTicks(box.height, 36));
  for (const { value, label: text } of [{ value: 1, label: '1' }, ...indices.slice(1)]) {
    if (value > rows) continue;
    const y = box.top + ((value - 0.5) / rows) * box.height;
    shapes.push({ ...label, x: box.left - 6, y, anchor: 'end', text });
  }
  const most = mostTicks(box.width, 64);
  const steps = countTicks({ min: Math.max(0, first), max: last, log: false }, most);
  for (const { value, label: text } of steps) {
    const x = box.left + ((value - first) / (last - first)) * box.width;
    shapes.push(
      { ...line, from: [x, bottom], to: [x, bottom + 4] },
      { ...label, x, y: bottom + 12, anchor: 'middle', text },
    );
  }
  const middle = box.left + box.width / 2;
  shapes.push(
    { ...line, from: [box.left, box.top], to: [box.left, bottom] },
    { ...line, from: [box.left, bottom], to: [right, bottom] },
    { ...label, x: middle, y: bottom + 28, anchor: 'middle', text: t('Step') },
    { ...label, x: box.left - 42, y: box.top - 11, anchor: 'start', text: t('Index') },
  );
  return shapes;
}

function colourBar(
  { from, to }: HeatMap,
  box: Box,
  theme: ChartTheme,
  colours: readonly string[],
): Shape[] {
  const left = box.left + box.width + 10;
  const label = { kind: 'text', size: SIZE, fill: theme.muted } as const;
  const at = (share: number): number => Math.round(box.top + box.height * (1 - share));
  const shapes: Shape[] = colours.map((fill, level) => {
    const [top, bottom] = [at((level + 1) / LEVELS), at(level / LEVELS)];
    return { kind: 'rectangle', box: { left, top, width: BAR, height: bottom - top }, fill };
  });
  for (let power = Math.ceil(from); power <= to; power++) {
    const y = at((power - from) / (to - from));
    const text = formatTick(Number(`1e${power}`), Number(`1e${power}`));
    shapes.push({ ...label, x: left + BAR + 5, y, anchor: 'start', text });
  }
  return [...shapes, { ...label, x: left, y: box.top - 11, anchor: 'start', text: 'σᵢ / σ₁' }];
}
