import { useEffect, useMemo, useState } from 'preact/hooks';
import { announce } from '../../ui/announce';
import type { Figure } from '../figure';
import { measureIn } from '../measure';
import type { Range, Scale } from '../scale';
import { chartTheme, watchTheme } from '../theme';
import { composePlot } from './composePlot';
import { nearestPlace, placesOf } from './cursor';
import { plotScales, type PlotScales, type PlotZoom } from './extent';
import { zoomed } from './plotKeys';
import type { PlotCurve, PlotSpec } from './plotSpec';
import { readAloud } from './plotWords';

/** What a person did to a plot, and what it therefore shows. */
export interface PlotState {
  readonly spec: PlotSpec;
  /** Those that are switched on. */
  readonly shown: readonly PlotCurve[];
  /** Undefined before the plot has a width, and without values. */
  readonly drawn: { readonly scales: PlotScales; readonly figure: Figure } | undefined;
  /** Where the cursor reads values. */
  readonly place: number | undefined;
  readonly zoom: PlotZoom;
  readonly hidden: ReadonlySet<string>;
  readonly hide: (hidden: ReadonlySet<string>) => void;
  /** Key of the curve that is pointed to. */
  readonly emphasise: (key: string | undefined) => void;
  /** The place nearest to a position on the x axis. */
  readonly nearest: (x: number) => number | undefined;
  readonly read: (place: number | undefined) => void;
  /** Reads so many places further, aloud, and shows that part of the plot. */
  readonly move: (places: number) => void;
  /** Shows a part, in the direction that it names; undefined: everything. */
  readonly show: (part: PlotZoom | undefined) => void;
  /** Zooms along x around the cursor. */
  readonly magnify: (factor: number) => void;
}

/** Keeps what a person does to a plot, and draws it anew only when something has changed. */
export function usePlot(spec: PlotSpec, width: number, height: number): PlotState {
  useEffect(watchTheme, []);
  const [hidden, hide] = useState<ReadonlySet<string>>(new Set());
  const [zoom, setZoom] = useState<PlotZoom>({});
  const [place, read] = useState<number>();
  const [emphasis, emphasise] = useState<string>();
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
  const showX = (x: Range | undefined): void => {
    const { y } = zoom;
    setZoom({ ...(y && { y }), ...(x && { x }) });
  };
  return {
    spec,
    shown,
    drawn,
    place,
    zoom,
    hidden,
    hide,
    emphasise,
    read,
    nearest: (x) => places[nearestPlace(places, x)],
    move: (by) => {
      const before = by > 0 ? -1 : places.length;
      const now = place === undefined ? before : nearestPlace(places, place);
      const next = places[Math.max(0, Math.min(places.length - 1, now + by))] as number | undefined;
      if (next === undefined || !drawn) return;
      read(next);
      announce(readAloud(spec, shown, next));
      const { x } = drawn.scales;
      if (next < x.min || next > x.max) showX(around(x, next));
    },
    show: (part) => setZoom(part ? { ...zoom, ...part } : {}),
    magnify: (factor) => {
      const whole = plotScales(spec, shown);
      if (drawn && whole) showX(zoomed(drawn.scales.x, whole.x, place, factor));
    },
  };
}

/** A part of the axis that is as long as before, with a place in its middle. */
function around(scale: Scale, place: number): Range {
  const half = (scale.max - scale.min) / 2;
  if (!scale.log) return { min: place - half, max: place + half };
  const root = Math.sqrt(scale.max / scale.min);
  return { min: place / root, max: place * root };
}
