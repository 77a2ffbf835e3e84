import type { LayerListing, LayerNumbers, WeightNumbers } from '../../shared/inspection';
import { boundMethodName, certaintyMarks } from '../../shared/words/numberWords';
import { inDigits, inPercent } from '../../shared/words/digits';
import type { InspectedFile } from './inspectedFile';
import { describeGeometry, digits } from './layerColumns';

/** Singular values that are printed at each end; `--json` has all of them. */
const SHOWN_VALUES = 8;
const bars = '▁▂▃▄▅▆▇█';

/** The lines that tell all of one layer. Norms of operators and bounds are of the raw weight. */
export function reportLayer({ listing, numbers }: InspectedFile, name: string): string[] {
  const layer = listing.layers.find((each) => each.name === name);
  if (!layer) return [];
  const found = numbers.get(name) ?? {};
  return [
    `${name} of ${listing.file}`,
    ...pairs([
      ['array', `${layer.weight}, ${layer.dtype}, as ${layer.shape.join(' x ')}`],
      ['layer', describeGeometry(layer)],
      ['matrix', `${layer.rows} x ${layer.columns}`],
      ['normalised', normalization(layer, found)],
      ...weightPairs(found.weight),
      ...spectrumPairs(found),
      ...operatorPairs(found),
      ...(found.refused === undefined ? [] : [['refused', found.refused] as const]),
    ]),
  ];
}

type Pair = readonly [label: string, text: string];

function pairs(all: readonly Pair[]): string[] {
  const width = Math.max(...all.map(([label]) => label.length));
  return all.map(([label, text]) => `  ${label.padEnd(width)}  ${text}`);
}

function normalization({ normalization: how }: LayerListing, { weight }: LayerNumbers): string {
  if (how === 'none') return 'no, the weight is used as it is';
  const by = `divided by ${digits(weight?.estimate)}`;
  return how === 'stored' ? `yes, ${by}, with the stored u` : `yes, ${by}, and u is missing`;
}

function weightPairs(weight: WeightNumbers | undefined): Pair[] {
  if (!weight) return [];
  const { frobenius, largest, mean, nan, infinite, histogram } = weight;
  return [
    ['||W||_F', inDigits(frobenius)],
    ['max |w|', inDigits(largest)],
    ['mean w', inDigits(mean)],
    ...(nan + infinite > 0 ? [['not finite', `${nan} NaN, ${infinite} infinite`] as const] : []),
    [
      'histogram',
      `${inDigits(histogram.from)} ${drawn(histogram.counts)} ${inDigits(histogram.to)}`,
    ],
  ];
}

/** Bars of characters, two bins in each where there are many. */
function drawn(counts: readonly number[]): string {
  const size = Math.ceil(counts.length / 40);
  const joined = Array.from({ length: Math.ceil(counts.length / size) }, (_, i) =>
    counts.slice(i * size, (i + 1) * size).reduce((sum, count) => sum + count, 0),
  );
  const most = Math.max(1, ...joined);
  return joined
    .map((count) =>
      count === 0 ? ' ' : bars[Math.min(bars.length - 1, Math.floor((count / most) * bars.length))],
    )
    .join('');
}

function spectrumPairs({ spectrum }: LayerNumbers): Pair[] {
  if (!spectrum) return [];
  const { values, condition, stableRank, effectiveRank, belowTenth } = spectrum;
  const { estimateError, normalized } = spectrum;
  const texts = Array.from(values, inDigits);
  const shown =
    texts.length <= 2 * SHOWN_VALUES
      ? texts
      : [...texts.slice(0, SHOWN_VALUES), '…', ...texts.slice(-SHOWN_VALUES)];
  return [
    ['sigma of W', `= ${inDigits(values[0])}`],
    ...(normalized === null ? [] : [['sigma(W/est)', `= ${normalized.toFixed(6)}`] as const]),
    ...(estimateError === null
      ? []
      : [['error of estimate', estimateError.toExponential(2)] as const]),
    ['all values', `${shown.join(' ')} (${values.length})`],
    ['condition', inDigits(condition)],
    ['stable rank', inDigits(stableRank)],
    ['effective rank', inDigits(effectiveRank)],
    ['below a tenth', inPercent(belowTenth)],
  ];
}

function operatorPairs({ operator }: LayerNumbers): Pair[] {
  if (!operator) return [];
  const { norm, tolerance, iterations, circular, bounds, upper } = operator;
  const how =
    norm.certainty === 'exact'
      ? 'its matrix'
      : `relative tolerance ${tolerance.toExponential(1)} after ${iterations} iterations`;
  return [
    ['true norm of W', `${certaintyMarks[norm.certainty]} ${inDigits(norm.value)} (${how})`],
    ...(circular
      ? [['circular', `${certaintyMarks[circular.certainty]} ${inDigits(circular.value)}`] as const]
      : []),
    ...bounds.map(({ method, value }): Pair => [
      'bound of W',
      `≤ ${inDigits(value)}  ${boundMethodName(method)}`,
    ]),
    ['smallest bound', `≤ ${inDigits(upper)}`],
  ];
}
