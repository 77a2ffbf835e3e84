import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useBoxWidth } from '../../ui/useBoxWidth';
import { PAPER_WIDTH, type Exporting } from '../exporting';
import { FigureCard } from '../figureCard';
import { NotPositiveNote } from '../notPositive';
import { composePlot } from './composePlot';
import { countNotPositive, plotScales } from './extent';
import { PlotHost } from './plotHost';
import { PlotLegend } from './plotLegend';
import type { PlotSpec } from './plotSpec';
import { tableOfCurves } from './tableOfCurves';
import { usePlot } from './usePlot';

export interface PlotProps {
  readonly spec: PlotSpec;
  /** Of the plot with its axes, in pixels. */
  readonly height: number;
  /** What the names of saved files begin with. */
  readonly words: readonly string[];
  readonly exporting: Exporting;
  /** A place was clicked, or chosen by Enter. */
  readonly onPick?: (x: number) => void;
}

/**
 * Curves with a cursor, zoom, a legend, a table and files to save. Drawn from the shapes that are
 * saved, not by the library of the dashboard's charts: what is seen is what is saved, and a few
 * thousand points that stand still need none of its speed.
 */
export function Plot({ spec, height, words, exporting, onPick }: PlotProps): JSX.Element {
  const [host, width] = useBoxWidth();
  const plot = usePlot(spec, width, height);
  const { shown, zoom, place, hidden } = plot;
  const missing = countNotPositive(spec, shown);
  return (
    <FigureCard
      title={spec.title}
      words={words}
      exporting={exporting}
      compose={(theme, measure) => {
        const scales = plotScales(spec, shown, zoom);
        const options = { width: Math.max(PAPER_WIDTH, width), height, theme, measure };
        return scales && composePlot(spec, shown, scales, { ...options, paper: true });
      }}
      table={() => tableOfCurves(spec)}
      items={[
        {
          label: t('Show Everything'),
          icon: 'screen-normal',
          disabled: !zoom.x && !zoom.y,
          choose: () => plot.show(undefined),
        },
      ]}
    >
      <PlotHost host={host} height={height} plot={plot} onPick={onPick} />
      <PlotLegend
        title={spec.title}
        curves={spec.curves}
        hidden={hidden}
        place={place}
        onHidden={plot.hide}
        onEmphasis={plot.emphasise}
      />
      <NotPositiveNote count={missing} class="figure-note" />
    </FigureCard>
  );
}
