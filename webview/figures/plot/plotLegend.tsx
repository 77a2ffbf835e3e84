import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { formatReading } from '../format';
import '../legend.css';
import { Swatch } from '../swatch';
import { chartTheme } from '../theme';
import { valueAtPlace } from './cursor';
import { curveColour } from './drawCurve';
import type { PlotCurve } from './plotSpec';

export interface PlotLegendProps {
  readonly title: string;
  readonly curves: readonly PlotCurve[];
  /** Keys of those that are switched off. */
  readonly hidden: ReadonlySet<string>;
  /** Where the cursor reads values. */
  readonly place: number | undefined;
  readonly onHidden: (hidden: ReadonlySet<string>) => void;
  /** Key of the curve that is pointed to. */
  readonly onEmphasis: (key: string | undefined) => void;
}

/** Names of the curves with what the cursor reads, each a button that switches its curve. */
export function PlotLegend(props: PlotLegendProps): JSX.Element {
  const { title, curves, hidden, place, onHidden, onEmphasis } = props;
  const toggle = (key: string): void => {
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    onHidden(next);
    onEmphasis(undefined);
  };
  return (
    <ul class="plot-legend" aria-label={t('Curves of {0}', title)}>
      {curves.map((curve) => {
        const { key, name, note, style } = curve;
        const on = !hidden.has(key);
        return (
          <li key={key}>
            <button
              type="button"
              class="legend-entry"
              aria-pressed={on}
              onClick={() => toggle(key)}
              onPointerEnter={() => onEmphasis(on ? key : undefined)}
              onPointerLeave={() => onEmphasis(undefined)}
            >
              <Swatch
                colour={curveColour(style, chartTheme.value)}
                dash={style.dash}
                {...(style.mark && { mark: style.mark })}
              />
              <span class="legend-name">{name}</span>
              {note !== undefined && <span class="legend-note">{note}</span>}
              {place !== undefined && (
                <span class="legend-value">{formatReading(valueAtPlace(curve, place))}</span>
              )}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
