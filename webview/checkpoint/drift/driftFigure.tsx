import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { PAPER_WIDTH } from '../../figures/exporting';
import type { Figure } from '../../figures/figure';
import { FigureCanvas } from '../../figures/figureCanvas';
import { FigureCard } from '../../figures/figureCard';
import { columnSpan, composeHeat, heatBox, rowSpan } from '../../figures/heat/composeHeat';
import { composeRidges } from '../../figures/heat/composeRidges';
import { heatMapOf } from '../../figures/heat/heatMap';
import { chartTheme, watchTheme, type ChartTheme } from '../../figures/theme';
import { announce } from '../../ui/announce';
import { formatCount } from '../../ui/format';
import { useBoxWidth } from '../../ui/useBoxWidth';
import { figureSaving } from '../figures/saving';
import { view } from '../viewState';
import { cellUnder, readCell, type Cell } from './driftCells';
import { driftTable, type Drift } from './driftData';

const HEIGHT = 340;
/** Rows of cells at most: each is then two pixels high. */
const MOST_BINS = 140;

export interface DriftFigureProps {
  readonly title: string;
  readonly words: readonly string[];
  readonly drift: Drift;
  /** Index of the step that the scrubber stands at. */
  readonly at: number;
  readonly onGo: (index: number) => void;
}

/** All spectra at once, as a heat map or as ridges; the scrubber's step is marked. */
export function DriftFigure(props: DriftFigureProps): JSX.Element {
  const { title, words, drift, at, onGo } = props;
  useEffect(watchTheme, []);
  const [host, width] = useBoxWidth();
  const [cell, setCell] = useState<Cell>();
  const { ridges } = view.preferences.value;
  const theme = chartTheme.value;
  const heat = useMemo(
    () =>
      heatMapOf(
        drift.points.map(({ step }) => step),
        drift.points.map(({ values }) => values),
        MOST_BINS,
      ),
    [drift],
  );
  const marked = drift.points.at(at)?.step;
  const compose = (inTheme: ChartTheme, full: number, paper: boolean): Figure => {
    const options = { width: full, height: HEIGHT, theme: inTheme, paper };
    if (!ridges) return composeHeat(title, heat, options);
    return composeRidges(title, ridgesOf(drift), marked, options);
  };
  const figure = useMemo(
    () => (width > 0 ? compose(theme, width, false) : undefined),
    [heat, width, theme, ridges, ridges ? marked : undefined],
  );
  const box = heatBox({ width, height: HEIGHT, theme, paper: false });
  const bins = heat.starts.length - 1;
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const far = event.shiftKey ? 10 : 1;
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [-far, 0],
      ArrowRight: [far, 0],
      ArrowUp: [0, -far],
      ArrowDown: [0, far],
      Home: [-Infinity, 0],
      End: [Infinity, 0],
    };
    const move = moves[event.key] as readonly [number, number] | undefined;
    if (!move || drift.points.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    const column = within(at + move[0], drift.points.length);
    const bin = within((cell?.bin ?? 0) + move[1], bins);
    onGo(column);
    setCell({ column, bin });
    announce(readCell(drift, heat, { column, bin }));
  };
  return (
    <FigureCard
      title={title}
      words={words}
      exporting={figureSaving()}
      compose={(paper) => compose(paper, Math.max(PAPER_WIDTH, width), true)}
      table={() => driftTable(drift)}
    >
      <div
        ref={host}
        class="figure-plot"
        role="application"
        aria-roledescription={t('chart')}
        aria-label={t(
          '{0}. {1} checkpoints. Left and right choose a step, up and down an index.',
          title,
          formatCount(drift.points.length),
        )}
        tabIndex={0}
        style={{ height: `${HEIGHT}px` }}
        onKeyDown={press}
        onPointerMove={(event) => setCell(cellUnder(event, heat, box))}
        onPointerLeave={() => setCell(undefined)}
        onClick={(event) => {
          const under = ridges ? undefined : cellUnder(event, heat, box);
          if (under) onGo(under.column);
        }}
      >
        {figure && <FigureCanvas figure={figure} />}
        {!ridges && figure && at >= 0 && (
          <svg class="plot-overlay" width={width} height={HEIGHT} aria-hidden="true">
            <Marker span={columnSpan(heat, at, box)} top={box.top} height={box.height} />
            {cell && (
              <rect
                class="heat-cell"
                x={columnSpan(heat, cell.column, box)[0]}
                y={rowSpan(heat, cell.bin, box)[0] - 0.5}
                width={
                  columnSpan(heat, cell.column, box)[1] - columnSpan(heat, cell.column, box)[0]
                }
                height={rowSpan(heat, cell.bin, box)[1] - rowSpan(heat, cell.bin, box)[0] + 1}
              />
            )}
          </svg>
        )}
      </div>
      <p class="figure-reading">
        {ridges ? '' : readCell(drift, heat, cell ?? { column: at, bin: 0 })}
      </p>
    </FigureCard>
  );
}

/** Two lines beside the column of the step, in two colours: one is seen on any cell. */
function Marker(props: {
  span: readonly [number, number];
  top: number;
  height: number;
}): JSX.Element {
  const { span, top, height } = props;
  return (
    <g class="heat-marker">
      <rect x={span[0] - 1} y={top - 1} width={span[1] - span[0] + 2} height={height + 2} />
      <rect x={span[0] - 2.5} y={top - 2.5} width={span[1] - span[0] + 5} height={height + 5} />
    </g>
  );
}

function ridgesOf({ points }: Drift): { step: number; shares: Float64Array }[] {
  return points
    .filter(({ values }) => values.length > 0)
    .map(({ step, values }) => ({ step, shares: values.map((value) => value / (values[0] || 1)) }));
}

function within(index: number, count: number): number {
  return Math.max(0, Math.min(count - 1, index));
}
