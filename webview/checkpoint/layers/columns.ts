import { t } from '@vscode/l10n';
import type { LayerListing, LayerNumbers } from '../../../src/shared/inspection';
import { certaintyMarks, numberMeaning } from '../../../src/shared/words/numberWords';
import { formatCount } from '../../ui/format';
import { inColumn, inPercents, inSignedPercents } from './digits';
import { geometryParts, kindName, shapeText } from './geometry';

/** A layer with what is known of it. */
export interface LayerFacts {
  readonly layer: LayerListing;
  readonly numbers: LayerNumbers;
}

/** A column of the table of layers, beside that of the names. */
export interface LayerColumn {
  readonly name: string;
  readonly label: string;
  /** What the numbers mean; shown on hover and focus. */
  readonly meaning: string;
  /** Shown unless other columns are chosen. */
  readonly usual: boolean;
  readonly numeric: boolean;
  /** The part of the numbers that it waits for. */
  readonly part?: keyof Omit<LayerNumbers, 'refused'>;
  /** What is sorted and exported; undefined where there is none. */
  readonly value: (facts: LayerFacts) => number | string | undefined;
  readonly text: (facts: LayerFacts) => string;
}

/** What a weight is divided by before it is used. */
export function divisorOf({ weight }: LayerNumbers): number {
  return weight?.estimate ?? 1;
}

interface NumberColumn {
  readonly name: string;
  readonly label: string;
  readonly meaning: string;
  readonly part: 'weight' | 'spectrum' | 'operator';
  readonly usual?: boolean;
  readonly value: (facts: LayerFacts) => number | null | undefined;
  readonly format: (value: number, facts: LayerFacts) => string;
}

function numberColumn({ value, format, usual = false, ...rest }: NumberColumn): LayerColumn {
  return {
    ...rest,
    usual,
    numeric: true,
    value: (facts) => value(facts) ?? undefined,
    text: (facts) => {
      const number = value(facts);
      return number === null || number === undefined ? '–' : format(number, facts);
    },
  };
}

const sigmas = (value: number): string => inColumn(value, 4);

/** All columns in their order; their words are in the display language. */
export function layerColumns(): readonly LayerColumn[] {
  return [
    {
      name: 'kind',
      label: t('Kind'),
      meaning: t('What the layer is'),
      usual: true,
      numeric: false,
      value: ({ layer }) => kindName(layer.geometry.kind),
      text: ({ layer }) => kindName(layer.geometry.kind),
    },
    {
      name: 'shape',
      label: t('Shape'),
      meaning: t('Of the weight, as PyTorch lays it out; sorts by how many numbers that are'),
      usual: true,
      numeric: true,
      value: ({ layer }) => layer.shape.reduce((product, side) => product * side, 1),
      text: ({ layer }) => shapeText(layer.shape),
    },
    {
      name: 'geometry',
      label: t('Geometry'),
      meaning: t('Kernel, stride, padding and size of the input, on which the true norm depends'),
      usual: true,
      numeric: false,
      value: ({ layer }) =>
        geometryParts(layer)
          .map(({ text }) => text)
          .join(', '),
      text: ({ layer }) =>
        geometryParts(layer)
          .map(({ text }) => text)
          .join(', '),
    },
    numberColumn({
      name: 'estimate',
      label: t('σ estimate'),
      meaning: numberMeaning('estimate'),
      part: 'weight',
      usual: true,
      value: ({ numbers }) => numbers.weight?.estimate,
      format: (value) => `${certaintyMarks.estimate} ${sigmas(value)}`,
    }),
    numberColumn({
      name: 'sigma',
      label: t('σ exact'),
      meaning: numberMeaning('sigma'),
      part: 'spectrum',
      usual: true,
      value: ({ numbers }) => numbers.spectrum?.values.at(0),
      format: sigmas,
    }),
    numberColumn({
      name: 'error',
      label: t('Error'),
      meaning: numberMeaning('estimateError'),
      part: 'spectrum',
      usual: true,
      value: ({ numbers }) => numbers.spectrum?.estimateError,
      format: inSignedPercents,
    }),
    numberColumn({
      name: 'normalized',
      label: t('σ(W̄)'),
      meaning: numberMeaning('normalized'),
      part: 'spectrum',
      usual: true,
      value: ({ numbers }) => numbers.spectrum?.normalized,
      format: sigmas,
    }),
    numberColumn({
      name: 'norm',
      label: t('True norm'),
      meaning: numberMeaning('operatorNorm'),
      part: 'operator',
      usual: true,
      value: ({ numbers }) => {
        return numbers.operator && numbers.operator.norm.value / divisorOf(numbers);
      },
      format: (value, { numbers }) => marked(value, numbers.operator?.norm.certainty),
    }),
    numberColumn({
      name: 'upper',
      label: t('Upper bound'),
      meaning: numberMeaning('upper'),
      part: 'operator',
      usual: true,
      value: ({ numbers }) => numbers.operator && numbers.operator.upper / divisorOf(numbers),
      format: (value) => `${certaintyMarks.upperBound} ${sigmas(value)}`,
    }),
    numberColumn({
      name: 'circular',
      label: t('Circular norm'),
      meaning: t(
        'The norm as it is used of the circular convolution on the input’s own grid (Sedghi et al. 2019): near the true norm at stride 1.',
      ),
      part: 'operator',
      value: ({ numbers }) => {
        const circular = numbers.operator?.circular;
        return circular && circular.value / divisorOf(numbers);
      },
      format: (value, { numbers }) => marked(value, numbers.operator?.circular?.certainty),
    }),
    numberColumn({
      name: 'condition',
      label: t('Condition'),
      meaning: numberMeaning('condition'),
      part: 'spectrum',
      usual: true,
      value: ({ numbers }) => numbers.spectrum?.condition,
      format: (value) => inColumn(value, 1),
    }),
    numberColumn({
      name: 'stableRank',
      label: t('Stable rank'),
      meaning: numberMeaning('stableRank'),
      part: 'spectrum',
      usual: true,
      value: ({ numbers }) => numbers.spectrum?.stableRank,
      format: (value) => inColumn(value, 2),
    }),
    numberColumn({
      name: 'effectiveRank',
      label: t('Effective rank'),
      meaning: numberMeaning('effectiveRank'),
      part: 'spectrum',
      value: ({ numbers }) => numbers.spectrum?.effectiveRank,
      format: (value) => inColumn(value, 1),
    }),
    numberColumn({
      name: 'belowTenth',
      label: t('Below 0.1'),
      meaning: numberMeaning('belowTenth'),
      part: 'spectrum',
      usual: true,
      value: ({ numbers }) => numbers.spectrum?.belowTenth,
      format: inPercents,
    }),
    numberColumn({
      name: 'frobenius',
      label: t('Frobenius norm'),
      meaning: numberMeaning('frobenius'),
      part: 'weight',
      value: ({ numbers }) => numbers.weight?.frobenius,
      format: (value) => inColumn(value, 3),
    }),
    numberColumn({
      name: 'largest',
      label: t('max |w|'),
      meaning: t('The largest size of a single number of the raw weight.'),
      part: 'weight',
      value: ({ numbers }) => numbers.weight?.largest,
      format: sigmas,
    }),
    numberColumn({
      name: 'nan',
      label: t('NaN, ∞'),
      meaning: t('How many numbers of the weight are none, or infinite.'),
      part: 'weight',
      value: ({ numbers }) => numbers.weight && numbers.weight.nan + numbers.weight.infinite,
      format: formatCount,
    }),
  ];
}

/** The columns that are shown, in their order. */
export function shownColumns(names: readonly string[] | null): readonly LayerColumn[] {
  const all = layerColumns();
  return all.filter(({ name, usual }) => names?.includes(name) ?? usual);
}

function marked(value: number, certainty: keyof typeof certaintyMarks | undefined): string {
  if (certainty === undefined || certainty === 'exact') return sigmas(value);
  return `${certaintyMarks[certainty]} ${sigmas(value)}`;
}
