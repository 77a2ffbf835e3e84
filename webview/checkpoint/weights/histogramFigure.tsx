import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { Histogram, LayerListing, LayerNumbers } from '../../../src/shared/inspection';
import { PAPER_WIDTH } from '../../figures/exporting';
import { FigureCanvas } from '../../figures/figureCanvas';
import { FigureCard } from '../../figures/figureCard';
import { formatReading } from '../../figures/format';
import { measureIn } from '../../figures/measure';
import { chartTheme } from '../../figures/theme';
import { formatCount } from '../../ui/format';
import { useBoxWidth } from '../../ui/useBoxWidth';
import { figureSaving } from '../figures/saving';
import type { ShownFile } from '../files';
import { prefer, view } from '../viewState';
import { composeHistogram } from './composeHistogram';

const HEIGHT = 220;

/** How the numbers of a layer's raw weight are spread. */
export function HistogramFigure(props: { file: ShownFile; layer: LayerListing }): JSX.Element {
  const { file, layer } = props;
  const numbers = file.numbers.value[layer.name] as LayerNumbers | undefined;
  if (!numbers?.weight) return <p class="dim">{t('The histogram comes with the numbers.')}</p>;
  return <Figure layer={layer} histogram={numbers.weight.histogram} />;
}

function Figure(props: { layer: LayerListing; histogram: Histogram }): JSX.Element {
  const { layer, histogram } = props;
  const [host, width] = useBoxWidth();
  const { kernels } = view.preferences.value;
  const { logCounts } = kernels;
  const theme = chartTheme.value;
  const title = t('Weights of {0}', layer.name);
  const options = { title, logCounts };
  const { from, to, counts } = histogram;
  const step = (to - from) / counts.length;
  return (
    <FigureCard
      title={title}
      words={[layer.name, t('histogram')]}
      exporting={figureSaving()}
      items={[
        {
          label: t('Logarithmic Counts'),
          checked: logCounts,
          choose: () => prefer({ kernels: { ...kernels, logCounts: !logCounts } }),
        },
      ]}
      compose={(paper, measure) =>
        composeHistogram(histogram, {
          ...options,
          width: Math.max(PAPER_WIDTH, width),
          height: HEIGHT,
          theme: paper,
          measure,
          paper: true,
        })
      }
      table={() => ({
        columns: [
          { name: t('From'), values: counts.map((_, i) => from + i * step) },
          { name: t('To'), values: counts.map((_, i) => from + (i + 1) * step) },
          { name: t('Count'), values: counts },
        ],
      })}
    >
      <div
        ref={host}
        class="histogram"
        role="img"
        aria-label={labelOf(histogram)}
        style={{ height: `${HEIGHT}px` }}
      >
        {width > 0 && (
          <FigureCanvas
            figure={composeHistogram(histogram, {
              ...options,
              width,
              height: HEIGHT,
              theme,
              measure: measureIn(theme),
              paper: false,
            })}
          />
        )}
      </div>
    </FigureCard>
  );
}

function labelOf({ from, to, counts }: Histogram): string {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const most = counts.indexOf(Math.max(...counts));
  const step = (to - from) / counts.length;
  return t(
    'Histogram of {0} numbers from {1} to {2}; most lie near {3}',
    formatCount(total),
    formatReading(from),
    formatReading(to),
    formatReading(from + (most + 0.5) * step, 2),
  );
}
