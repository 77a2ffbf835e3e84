import type { JSX } from 'preact';
import type { Box, Figure } from '../figure';
import { chartTheme } from '../theme';
import { valueAtPlace } from './cursor';
import { curveColour, xAt, yAt } from './drawCurve';
import type { PlotScales } from './extent';
import type { PlotCurve } from './plotSpec';

export interface PlotOverlayProps {
  readonly figure: Figure;
  readonly curves: readonly PlotCurve[];
  readonly scales: PlotScales;
  /** Where the cursor reads values. */
  readonly place: number | undefined;
  /** The box that is being dragged. */
  readonly dragged: Box | undefined;
}

/** The cursor over a plot, with a dot on each curve, so that moving it draws no curve anew. */
export function PlotOverlay(props: PlotOverlayProps): JSX.Element {
  const { figure, curves, scales, place, dragged } = props;
  const [{ box }] = figure.plots;
  const theme = chartTheme.value;
  const seen = place !== undefined && place >= scales.x.min && place <= scales.x.max;
  const x = seen ? xAt(place, scales.x, box) : 0;
  return (
    <svg
      class="plot-overlay"
      width={figure.width}
      height={figure.height}
      aria-hidden="true"
      data-place={place}
    >
      {seen && (
        <>
          <line
            x1={x}
            x2={x}
            y1={box.top}
            y2={box.top + box.height}
            stroke={theme.muted}
            stroke-dasharray="3 3"
          />
          {curves.map((curve) => {
            const value = valueAtPlace(curve, place);
            if (value === undefined || (scales.y.log && value <= 0)) return null;
            const y = yAt(value, scales.y, box);
            if (!(y >= box.top && y <= box.top + box.height)) return null;
            const fill = curveColour(curve.style, theme);
            return (
              <circle key={curve.key} cx={x} cy={y} r={4} fill={fill} stroke={theme.background} />
            );
          })}
        </>
      )}
      {dragged && (
        <rect
          class="plot-dragged"
          x={dragged.left}
          y={dragged.top}
          width={dragged.width}
          height={dragged.height}
        />
      )}
    </svg>
  );
}
