import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { announce } from '../../ui/announce';
import { formatCount } from '../../ui/format';
import { useBoxWidth } from '../../ui/useBoxWidth';
import { PAPER_WIDTH, type Exporting } from '../exporting';
import { FigureCanvas } from '../figureCanvas';
import { FigureCard } from '../figureCard';
import { formatReading } from '../format';
import { measureIn } from '../measure';
import type { Range, Scale } from '../scale';
import { chartTheme, watchTheme } from '../theme';
import type { MenuItem } from '../../ui/menu';
import { composePlot } from './composePlot';
import { nearestPlace, placesOf, readAloud } from './cursor';
import { countNotPositive, plotScales, type PlotZoom } from './extent';
import { PlotLegend } from './plotLegend';
import { PlotOverlay } from './plotOverlay';
import { plotKey, zoomed } from './plotKeys';
import type { PlotSpec } from './plotSpec';
import { tableOfCurves } from './tableOfCurves';
import { usePlotPointer } from './usePlotPointer';

/** How much one pixel of a wheel zooms. */
const WHEEL_SPEED = 0.0018;

export interface PlotProps {
  readonly spec: PlotSpec;
  /** Of the plot with its axes, in pixels. */
  readonly height: number;
  /** What the names of saved files begin with. */
  readonly words: readonly string[];
  readonly exporting: Exporting;
  /** A place was clicked, or chosen by Enter. */
  readonly onPick?: (x: number) => void;
  readonly items?: readonly MenuItem[];
}

/**
 * Curves with a cursor, zoom, a legend, a table and files to save. Drawn from the shapes that are
 * saved, not by the library of the dashboard's charts: what is seen is what is saved, and a few
 * thousand points that stand still need none of its speed.
 */
export function Plot(props: PlotProps): JSX.Element {
  const { spec, height, words, exporting, onPick, items } = props;
  useEffect(watchTheme, []);
  const [host, width] = useBoxWidth();
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [zoom, setZoom] = useState<PlotZoom>({});
  const [place, setPlace] = useState<number>();
  const [emphasis, setEmphasis] = useState<string>();
  const theme = chartTheme.value;
  const shown = useMemo(() => spec.curves.filter(({ key }) => !hidden.has(key)), [spec, hidden]);
  const places = useMemo(() => placesOf(shown), [shown]);
  const drawn = useMemo(() => {
    const scales = plotScales(spec, shown, zoom);
    if (!scales || width === 0) return undefined;
    const emphasised = emphasis === undefined ? {} : { emphasised: new Set([emphasis]) };
    const options = { width, height, theme, measure: measureIn(theme), paper: false };
    return { scales, figure: composePlot(spec, shown, scales, { ...options, ...emphasised }) };
  }, [spec, shown, zoom, width, height, theme, emphasis]);
  const zoomX = (next: PlotZoom['x']): void => {
    const { y } = zoom;
    setZoom({ ...(y && { y }), ...(next && { x: next }) });
  };
  const press = (event: KeyboardEvent): void => {
    const key = plotKey(event);
    const whole = plotScales(spec, shown);
    if (!key || !drawn || !whole) return;
    if (key.kind === 'leave' && place === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    if (key.kind === 'leave') setPlace(undefined);
    else if (key.kind === 'whole') setZoom({});
    else if (key.kind === 'zoom') zoomX(zoomed(drawn.scales.x, whole.x, place, key.factor));
    else if (key.kind === 'pick') {
      if (place !== undefined) onPick?.(place);
    } else {
      const now =
        place === undefined ? (key.places > 0 ? -1 : places.length) : places.indexOf(place);
      const next = places[Math.max(0, Math.min(places.length - 1, now + key.places))];
      if (next === undefined) return;
      setPlace(next);
      announce(readAloud(spec, shown, next));
      const { x } = drawn.scales;
      if (next < x.min || next > x.max) zoomX(moved(x, next));
    }
  };
  const missing = countNotPositive(spec, shown);
  return (
    <FigureCard
      title={spec.title}
      words={words}
      exporting={exporting}
      compose={(paper, measure) => {
        const scales = plotScales(spec, shown, zoom);
        const options = { width: Math.max(PAPER_WIDTH, width), height, theme: paper, measure };
        return scales && composePlot(spec, shown, scales, { ...options, paper: true });
      }}
      table={() => tableOfCurves(spec)}
      items={[
        ...(items ?? []),
        {
          label: t('Show Everything'),
          icon: 'screen-normal',
          disabled: !zoom.x && !zoom.y,
          choose: () => setZoom({}),
        },
      ]}
    >
      <div
        ref={host}
        class="figure-plot"
        role="application"
        aria-roledescription={t('chart')}
        aria-label={summary(spec)}
        tabIndex={0}
        style={{ height: `${height}px` }}
        onKeyDown={press}
        onDblClick={() => setZoom({})}
        onWheel={(event) => {
          // Whoever scrolls past must not change it; whoever works in it may.
          const whole = plotScales(spec, shown);
          if (!drawn || !whole || document.activeElement !== event.currentTarget) return;
          event.preventDefault();
          const turned =
            event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 20 * event.deltaY : event.deltaY;
          const factor = Math.exp(Math.max(-200, Math.min(200, turned)) * WHEEL_SPEED);
          zoomX(zoomed(drawn.scales.x, whole.x, place, factor));
        }}
      >
        {drawn ? (
          <>
            <FigureCanvas figure={drawn.figure} />
            <Pointed
              spec={spec}
              curves={shown}
              drawn={drawn}
              place={place}
              onPlace={(x) =>
                setPlace(x === undefined ? undefined : places[nearestPlace(places, x)])
              }
              onPick={(x) => onPick?.(places[nearestPlace(places, x)])}
              onZoom={setZoom}
            />
          </>
        ) : (
          width > 0 && <p class="figure-empty">{t('There is nothing to draw.')}</p>
        )}
      </div>
      <PlotLegend
        title={spec.title}
        curves={spec.curves}
        hidden={hidden}
        place={place}
        onHidden={setHidden}
        onEmphasis={setEmphasis}
      />
      {missing > 0 && (
        <p class="figure-note">
          {missing === 1
            ? t('1 value that is not positive is not shown on the logarithmic axis.')
            : t(
                '{0} values that are not positive are not shown on the logarithmic axis.',
                formatCount(missing),
              )}
        </p>
      )}
    </FigureCard>
  );
}

interface PointedProps {
  readonly spec: PlotSpec;
  readonly curves: PlotSpec['curves'];
  readonly drawn: {
    readonly scales: NonNullable<ReturnType<typeof plotScales>>;
    readonly figure: ReturnType<typeof composePlot>;
  };
  readonly place: number | undefined;
  readonly onPlace: (x: number | undefined) => void;
  readonly onPick: (x: number) => void;
  readonly onZoom: (zoom: PlotZoom) => void;
}

/** What lies over the canvas and feels the pointer. */
function Pointed({ curves, drawn, place, onPlace, onPick, onZoom }: PointedProps): JSX.Element {
  const { scales, figure } = drawn;
  const [{ box }] = figure.plots;
  const { handlers, dragged } = usePlotPointer({
    box,
    scales,
    onHover: onPlace,
    onClick: (x) => {
      onPlace(x);
      onPick(x);
    },
    onZoom,
  });
  return (
    <div class="figure-over" {...handlers}>
      <PlotOverlay
        figure={figure}
        curves={curves}
        scales={scales}
        place={place}
        dragged={dragged}
      />
    </div>
  );
}

function summary({ title, x, curves }: PlotSpec): string {
  const scales = plotScales({ title, x, y: { name: '', log: false }, curves }, curves);
  if (!scales) return title;
  const count = curves.length === 1 ? t('1 curve') : t('{0} curves', formatCount(curves.length));
  const range = t(
    '{0} {1} to {2}',
    x.name,
    formatReading(scales.x.min),
    formatReading(scales.x.max),
  );
  return t('{0}. {1}. {2}. Arrow keys read values.', title, count, range);
}

function moved(scale: Scale, place: number): Range {
  // As long as it was, with the place in the middle.
  const half = (scale.max - scale.min) / 2;
  if (!scale.log) return { min: place - half, max: place + half };
  const root = Math.sqrt(scale.max / scale.min);
  return { min: place / root, max: place * root };
}
