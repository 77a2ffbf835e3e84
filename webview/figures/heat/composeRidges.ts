import { t } from '@vscode/l10n';
import type { Box, Figure, Shape } from '../figure';
import { formatCount } from '../../ui/format';
import { layFigure, PAPER_MARGIN, TITLE_HEIGHT } from '../plot/paper';
import { Polyline } from '../polyline';
import { mostTicks } from '../style';
import type { ChartTheme } from '../theme';
import { countTicks } from '../ticks';
import type { HeatOptions } from './composeHeat';

const SIZE = 11;
const LEFT = 60;
const RIGHT = 16;
const BELOW = 38;
const ABOVE = 22;
/** Ridges reach over so many of the lines above them. */
const OVERLAP = 3;
/** Nearer together, ridges are a grey mass. */
const LEAST_DISTANCE = 9;

export interface Ridge {
  readonly step: number;
  /** From 1 for the largest down to 0. */
  readonly shares: Float64Array;
}

/** Where the ridges are. */
export function ridgesBox({ width, height, paper }: HeatOptions): Box {
  const margin = paper ? PAPER_MARGIN : 0;
  return {
    left: LEFT + margin,
    top: ABOVE + (paper ? TITLE_HEIGHT + margin : 0),
    width: width - LEFT - RIGHT - 2 * margin,
    height: height - ABOVE - BELOW,
  };
}

/** As many of the ridges as there is room for, evenly spread, with both ends and the marked one. */
export function spacedRidges(
  ridges: readonly Ridge[],
  height: number,
  marked: number | undefined,
): Ridge[] {
  const most = Math.max(2, Math.floor(height / LEAST_DISTANCE));
  if (ridges.length <= most) return [...ridges];
  const stride = (ridges.length - 1) / (most - 1);
  const kept = new Set(Array.from({ length: most }, (_, i) => Math.round(i * stride)));
  return ridges.filter((ridge, i) => kept.has(i) || ridge.step === marked);
}

/** Draws a curve for each step, the earliest at the back; each hides what lies behind it. */
export function composeRidges(
  title: string,
  all: readonly Ridge[],
  marked: number | undefined,
  options: HeatOptions,
): Figure {
  const { theme, paper } = options;
  const box = ridgesBox(options);
  const ridges = spacedRidges(all, box.height, marked);
  const height = box.top + box.height + BELOW + (paper ? PAPER_MARGIN : 0);
  const distance = box.height / (ridges.length + OVERLAP - 1);
  const baseOf = (i: number): number => box.top + (i + OVERLAP) * distance;
  const rows = Math.max(1, ...ridges.map(({ shares }) => shares.length));
  return layFigure({ ...options, title, height }, axes(ridges, rows, box, baseOf, theme), [
    {
      box: { ...box, height: box.height + 1 },
      shapes: ridges.flatMap(({ step, shares }, i) =>
        ridgeShapes(shares, rows, step === marked, {
          box,
          base: baseOf(i),
          rise: OVERLAP * distance,
          theme,
        }),
      ),
    },
  ]);
}

interface RidgePlace {
  readonly box: Box;
  readonly base: number;
  readonly rise: number;
  readonly theme: ChartTheme;
}

function ridgeShapes(
  shares: Float64Array,
  rows: number,
  marked: boolean,
  { box, base, rise, theme }: RidgePlace,
): Shape[] {
  if (shares.length === 0) return [];
  const polyline = new Polyline();
  const corners: string[] = [];
  shares.forEach((share, i) => {
    const x = box.left + (rows === 1 ? 0.5 : i / (rows - 1)) * box.width;
    const y = base - share * rise;
    if (i === 0) polyline.moveTo(x, y);
    else polyline.lineTo(x, y);
    corners.push(`${x.toFixed(1)} ${y.toFixed(1)}`);
  });
  const [left, right] = [polyline.xs[0], polyline.xs[polyline.xs.length - 1]];
  const path = `M${left.toFixed(1)} ${base.toFixed(1)}L${corners.join('L')}L${right.toFixed(1)} ${base.toFixed(1)}z`;
  return [
    { kind: 'mark', path, fill: theme.background },
    {
      kind: 'curve',
      polyline,
      colour: marked ? theme.foreground : theme.lines[0],
      width: marked ? 2.5 : 1,
      alpha: 1,
      dash: [],
    },
  ];
}

function axes(
  ridges: readonly Ridge[],
  rows: number,
  box: Box,
  baseOf: (i: number) => number,
  theme: ChartTheme,
): Shape[] {
  const label = { kind: 'text', size: SIZE, fill: theme.muted } as const;
  const bottom = box.top + box.height;
  const every = Math.ceil((ridges.length * 16) / box.height);
  const shapes: Shape[] = [];
  ridges.forEach(({ step }, i) => {
    if ((ridges.length - 1 - i) % every !== 0) return;
    const y = baseOf(i);
    const text = formatCount(step);
    shapes.push(
      {
        kind: 'stroke',
        from: [box.left, y],
        to: [box.left + box.width, y],
        colour: theme.grid,
        width: 1,
        dash: [],
      },
      { ...label, x: box.left - 6, y: y - 2, anchor: 'end', text },
    );
  });
  const ticks = countTicks(
    { min: 1, max: Math.max(2, rows), log: false },
    mostTicks(box.width, 56),
  );
  for (const { value, label: text } of ticks) {
    const x = box.left + ((value - 1) / Math.max(1, rows - 1)) * box.width;
    shapes.push({ ...label, x, y: bottom + 12, anchor: 'middle', text });
  }
  const middle = box.left + box.width / 2;
  return [
    ...shapes,
    { ...label, x: middle, y: bottom + 28, anchor: 'middle', text: t('Index') },
    { ...label, x: box.left - 56, y: box.top - 11, anchor: 'start', text: t('Step') },
  ];
}
