import { t } from '@vscode/l10n';
import type { JSX, RefObject } from 'preact';
import type { Figure } from '../figure';
import { FigureCanvas } from '../figureCanvas';
import type { PlotScales } from './extent';
import { plotKey } from './plotKeys';
import { PlotOverlay } from './plotOverlay';
import { plotSummary } from './plotWords';
import type { PlotState } from './usePlot';
import { usePlotPointer } from './usePlotPointer';

/** How much one pixel of a wheel zooms. */
const WHEEL_SPEED = 0.0018;

export interface PlotHostProps {
  readonly host: RefObject<HTMLDivElement | null>;
  readonly height: number;
  readonly plot: PlotState;
  /** A place was clicked, or chosen by Enter. */
  readonly onPick: ((x: number) => void) | undefined;
}

/** The canvas of a plot with what feels keys, wheel and pointer. */
export function PlotHost({ host, height, plot, onPick }: PlotHostProps): JSX.Element {
  const { spec, drawn } = plot;
  return (
    <div
      ref={host}
      class="figure-plot"
      role="application"
      aria-roledescription={t('chart')}
      aria-label={plotSummary(spec)}
      tabIndex={0}
      style={{ height: `${height}px` }}
      onKeyDown={(event) => {
        if (!pressed(event, plot, onPick)) return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onDblClick={() => plot.show(undefined)}
      onWheel={(event) => {
        // Whoever scrolls past must not change it; whoever works in it may.
        if (document.activeElement !== event.currentTarget) return;
        event.preventDefault();
        const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 : 1;
        const turned = Math.max(-200, Math.min(200, unit * event.deltaY));
        plot.magnify(Math.exp(turned * WHEEL_SPEED));
      }}
    >
      {drawn ? (
        <>
          <FigureCanvas figure={drawn.figure} />
          <Pointed plot={plot} drawn={drawn} onPick={onPick} />
        </>
      ) : (
        <p class="figure-empty">{t('There is nothing to draw.')}</p>
      )}
    </div>
  );
}

/** Does what a key asks; whether it was one of the plot's. */
function pressed(event: KeyboardEvent, plot: PlotState, onPick: PlotHostProps['onPick']): boolean {
  const key = plotKey(event);
  const { place } = plot;
  switch (key?.kind) {
    case 'move':
      plot.move(key.places);
      return true;
    case 'zoom':
      plot.magnify(key.factor);
      return true;
    case 'whole':
      plot.show(undefined);
      return true;
    case 'leave':
      plot.read(undefined);
      return place !== undefined;
    case 'pick':
      if (place !== undefined) onPick?.(place);
      return true;
    case undefined:
      return false;
  }
}

interface PointedProps {
  readonly plot: PlotState;
  readonly drawn: { readonly scales: PlotScales; readonly figure: Figure };
  readonly onPick: PlotHostProps['onPick'];
}

/** What lies over the canvas and feels the pointer. */
function Pointed({ plot, drawn, onPick }: PointedProps): JSX.Element {
  const { scales, figure } = drawn;
  const { handlers, dragged } = usePlotPointer({
    box: figure.plots[0].box,
    scales,
    onHover: (x) => plot.read(x === undefined ? undefined : plot.nearest(x)),
    onClick: (x) => {
      const place = plot.nearest(x);
      plot.read(place);
      if (place !== undefined) onPick?.(place);
    },
    onZoom: plot.show,
  });
  return (
    <div class="figure-over" {...handlers}>
      <PlotOverlay
        figure={figure}
        curves={plot.shown}
        scales={scales}
        place={plot.place}
        dragged={dragged}
      />
    </div>
  );
}
