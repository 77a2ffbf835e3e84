import { useSignal } from '@preact/signals';
import { t } from '@vscode/l10n';
import type { JSX, RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { runs } from '../runs';
import { changeChart } from '../viewState';
import { ChartMenu } from './chartMenu';
import { ChartTitle } from './chartTitle';
import { DataTable } from './dataTable';
import { drawnRuns } from './domain';
import type { ChartSpec } from './groups';
import { Legend } from './legend';
import { linesOf } from './lines';
import { LiveChart } from './liveChart';
import { chartViewOf } from './picture';
import { ResizeHandle } from './resizeHandle';
import { fullTitle } from './summary';
import { NotPositiveNote } from '../../figures/notPositive';
import { useInView } from '../../figures/useInView';

const HEIGHT = 190;

export interface ChartCardProps {
  readonly spec: ChartSpec;
  /** Whether it stands apart from its group, and says whose it is. */
  readonly apart: boolean;
  /** Moves it among its neighbours, to before the chart of that name; undefined: to the end. */
  readonly onMove: (before: string | undefined) => void;
  /** Moves it by one place; undefined where there is none. */
  readonly onEarlier: (() => void) | undefined;
  readonly onLater: (() => void) | undefined;
}

/** One chart with its title, legend and menu. */
export function ChartCard(props: ChartCardProps): JSX.Element {
  const { spec, apart, onMove, onEarlier, onLater } = props;
  const { folded = false, wide = false, height = HEIGHT } = chartViewOf(spec.name);
  const [table, setTable] = useState(false);
  const card = useRef<HTMLElement>(null);
  const live = useRef<LiveChart | null>(null);
  return (
    <article
      ref={card}
      class={wide ? 'chart chart-wide' : 'chart'}
      data-chart={spec.name}
      aria-label={fullTitle(spec)}
    >
      <header class="chart-header">
        <ChartTitle spec={spec} apart={apart} folded={folded} onMove={onMove} />
        <ChartMenu
          spec={spec}
          table={table}
          onTable={() => setTable(!table)}
          onEarlier={onEarlier}
          onLater={onLater}
          shown={() => {
            const picture = live.current?.shown;
            const width = card.current?.clientWidth ?? 0;
            return picture && { picture, size: { width, plotHeight: height } };
          }}
        />
      </header>
      {!folded && <ChartBody spec={spec} card={card} height={height} live={live} />}
      {!folded && table && <DataTable spec={spec} runs={drawnRuns.value.map(({ run }) => run)} />}
      {!folded && (
        <ResizeHandle
          label={t('Height of {0}', fullTitle(spec))}
          height={height}
          usual={HEIGHT}
          onChange={(next) => changeChart(spec.name, { height: next })}
        />
      )}
    </article>
  );
}

interface ChartBodyProps {
  readonly spec: ChartSpec;
  readonly card: RefObject<HTMLElement | null>;
  readonly height: number;
  /** Set while there is a chart. */
  readonly live: { current: LiveChart | null };
}

function ChartBody({ spec, card, height, live }: ChartBodyProps): JSX.Element {
  const host = useRef<HTMLDivElement>(null);
  const visible = useInView(card);
  const drawings = useSignal(0);
  const [chart, setChart] = useState<LiveChart>();
  // Tags come and go with runs; the chart then is another one.
  const tags = spec.tags.map(({ tag }) => tag).join('\n');
  useLayoutEffect(() => {
    if (!host.current) return;
    const made = new LiveChart(host.current, spec, visible, drawings);
    live.current = made;
    setChart(made);
    return () => {
      live.current = null;
      made.dispose();
    };
  }, [spec.name, tags]);
  const missing = chart?.notPositive.value ?? 0;
  return (
    <>
      <div
        ref={host}
        class="chart-plot"
        style={{ height: `${height}px` }}
        role="application"
        aria-roledescription={t('chart')}
        aria-label={fullTitle(spec)}
        tabIndex={0}
        onKeyDown={(event) => chart?.press(event)}
      >
        {chart?.wheelHint.value && (
          <p class="chart-hint" aria-hidden="true">
            {t('Alt and the wheel zoom; after a click the wheel alone does.')}
          </p>
        )}
      </div>
      <NotPositiveNote count={missing} class="chart-note" />
      <Legend
        spec={spec}
        lines={linesOf(spec, runs.value)}
        drawings={drawings}
        onEmphasis={(lines) => chart?.emphasise(lines)}
      />
    </>
  );
}
