import { t } from '@vscode/l10n';
import type {
  BoundMethod,
  Certainty,
  FileListing,
  GradientBound,
  LayerListing,
  NetworkListing,
  NetworkPart,
  NetworkVerdict,
  Warning,
} from './inspection';

/** What an inspection tells, in words: the same on the command line and in the editor. */

/** A number with four digits that mean something: `1.065`, `0.0003201`, `1.2e+9`. */
export function inDigits(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '-∞';
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return value.toExponential(2);
  return String(Number(value.toPrecision(4)));
}

/** A share as `62 %`; with a digit more where it is small. */
export function inPercent(share: number): string {
  const percent = 100 * share;
  return `${Math.abs(percent) < 10 ? Number(percent.toFixed(1)) : Math.round(percent)} %`;
}

/** What stands before a number to say how far it can be relied on. */
export const certaintyMarks: Readonly<Record<Certainty, string>> = {
  exact: '=',
  estimate: '≈',
  lowerBound: '≥',
  upperBound: '≤',
};

/** How far a number can be relied on, for a label or a hover. */
export function certaintyName(certainty: Certainty): string {
  switch (certainty) {
    case 'exact':
      return t('exact, up to rounding');
    case 'estimate':
      return t('estimate, within its tolerance');
    case 'lowerBound':
      return t('lower bound: the true value is at least this');
    case 'upperBound':
      return t('upper bound: the true value is at most this');
  }
}

/** What a guaranteed bound is made from. */
export function boundMethodName(method: BoundMethod): string {
  switch (method) {
    case 'outputs':
      return t('Matrix of outputs (the paper’s) × kernel overlap');
    case 'inputs':
      return t('Matrix of inputs × kernel overlap');
    case 'rows':
      return t('Matrix by kernel rows × kernel overlap');
    case 'columns':
      return t('Matrix by kernel columns × kernel overlap');
    case 'circular':
      return t('Circular convolution on a grid with the padding');
  }
}

/** A warning as a headline with the number, and what it means and what to try. */
export function warningText({ kind, layer, value }: Warning): {
  readonly title: string;
  readonly detail: string;
} {
  switch (kind) {
    case 'nonFinite':
      return {
        title: t('{0}: NaN or infinite values, {1} in all', layer, value),
        detail: t(
          'Training had diverged when this was saved, and nothing more can be said of the layer. Go on from an earlier checkpoint, with a lower learning rate.',
        ),
      };
    case 'collapse':
      return {
        title: t(
          '{0}: {1} of the singular values are below a tenth of the largest',
          layer,
          inPercent(value),
        ),
        detail: t(
          'Far more than in a random weight of this shape: the layer lets through few directions of its input. Such spectra go with generators that lose modes (Liu et al. 2019). Look for missing variety in the samples, and compare with earlier checkpoints.',
        ),
      };
    case 'stale':
      return value < 0
        ? {
            title: t(
              '{0}: sigma is estimated {1} too low; the weight in use has norm {2}',
              layer,
              inPercent(-value),
              inDigits(1 / (1 + value)),
            ),
            detail: t(
              'The power iteration lags behind a weight that changes quickly, or u was saved with other weights. It heals in a few steps of training; if it does not, more power iterations per update or a lower learning rate help.',
            ),
          }
        : {
            title: t(
              '{0}: sigma is estimated {1} too high; the weight in use has norm {2}',
              layer,
              inPercent(value),
              inDigits(1 / (1 + value)),
            ),
            detail: t(
              'An estimate from unit vectors never exceeds sigma, so u or v are not of length 1: perhaps they were averaged, or rounded to few digits.',
            ),
          };
    case 'missingU':
      return {
        title: t('{0}: u was not saved; sigma is taken to be {1}', layer, inDigits(value)),
        detail: t(
          'The layer was normalised in training, but the file lacks the vector that sigma was estimated from. It is taken from an iteration of our own until it stood still; training may have divided by a little less.',
        ),
      };
    case 'operatorNorm':
      return {
        title: t('{0} stretches by up to {1}', layer, inDigits(value)),
        detail: t(
          'Its normalised weight has norm 1 as a matrix, but a convolution applies the matrix at places that overlap, and its norm is larger. That is usual for spectral normalisation, and no reason to change anything: only the product of ones is no bound of the network.',
        ),
      };
    case 'notNormalized':
      return {
        title: t(
          '{0} is not normalised, as other layers are; its norm is {1}',
          layer,
          inDigits(value),
        ),
        detail: t(
          'Every bound of the network grows by that norm. Normalise this layer, too, if the network is to be bounded.',
        ),
      };
  }
}

/** Rounding that no claim depends on. */
const ROUNDING = 1e-9;

/**
 * Whether a network is 1-Lipschitz as it is built, and why not, in a few sentences that claim no
 * more than is proven.
 */
export function verdictText(verdict: NetworkVerdict, listing: FileListing): string {
  const network = listing.networks.find(({ name }) => name === verdict.network);
  if (!network) return '';
  const name = networkName(network);
  if (network.role === 'generator') {
    return t(
      '{0} is a generator, of which no bound is told: batch normalisation scales by what it meets.',
      name,
    );
  }
  const sentences = network.structure
    ? bounded(verdict, name)
    : [
        t(
          'It is not known how the layers of {0} follow each other, or they do more than the layers listed: norms of single layers hold, and no bound of the network is told.',
          name,
        ),
      ];
  const members = listing.layers.filter((layer) => network.layers.includes(layer.name));
  const reason = whyItStretches(verdict, network, members);
  if (network.structure && (verdict.tightUpper ?? 0) > 1 + ROUNDING && reason) {
    sentences.push(reason);
  }
  if (verdict.lower) sentences.push(metText(verdict.lower, name));
  if (verdict.product !== null) {
    sentences.push(
      t(
        'The product of the norms as matrices, eq. 7 as the paper reads it, is {0}; it bounds nothing.',
        inDigits(verdict.product),
      ),
    );
  }
  const guess = guessText(network, listing.layers);
  return [...sentences, ...(guess === undefined ? [] : [guess])].join(' ');
}

/** What a network is called: its name, or its role where the file gives it none. */
export function networkName({ name, role }: Pick<NetworkListing, 'name' | 'role'>): string {
  if (name !== '') return name;
  switch (role) {
    case 'discriminator':
      return t('The discriminator');
    case 'generator':
      return t('The generator');
    case 'unknown':
      return t('The network');
  }
}

function bounded({ upper, tightUpper, lower }: NetworkVerdict, name: string): string[] {
  if (upper === null || tightUpper === null) {
    return [t('Nothing is known of {0} as a whole until the norms of all its layers are.', name)];
  }
  const numbers = [inDigits(upper), inDigits(tightUpper)] as const;
  if (upper <= 1 + ROUNDING) {
    return [
      t(
        '{0} is 1-Lipschitz by construction, given activations that are: at most {1} is guaranteed.',
        name,
        numbers[0],
      ),
    ];
  }
  if (tightUpper <= 1 + ROUNDING) {
    return [
      t(
        '{0} is 1-Lipschitz by the true norms of its layers, at most {1} up to their tolerance; without relying on an iteration, at most {2} is guaranteed.',
        name,
        numbers[1],
        numbers[0],
      ),
    ];
  }
  if (lower && lower.largest > 1) {
    return [
      t(
        '{0} is not 1-Lipschitz. Guaranteed is at most {1}; by the true norms of its layers it is at most {2}.',
        name,
        ...numbers,
      ),
    ];
  }
  return [
    t(
      '{0} is not 1-Lipschitz by construction: its layers guarantee at most {1}, and by their true norms at most {2}. Whether any image is stretched that much is another question.',
      name,
      ...numbers,
    ),
  ];
}

/** The layer that stretches most, and the pools that stretch. */
function whyItStretches(
  { warnings }: NetworkVerdict,
  { structure }: NetworkListing,
  layers: readonly LayerListing[],
): string | undefined {
  if (layers.every(({ normalization }) => normalization === 'none')) {
    return t('None of its layers is normalised.');
  }
  const stretching = warnings
    .filter(({ kind }) => kind === 'operatorNorm' || kind === 'notNormalized')
    .sort((a, b) => b.value - a.value);
  const [most] = stretching;
  const pooled = structure && sumPoolNorm(structure);
  const sentences = [
    ...(stretching.length > 0
      ? [
          t(
            'That is because of layers that stretch ({0} in all), {1} most, by up to {2}.',
            stretching.length,
            most.layer,
            inDigits(most.value),
          ),
        ]
      : []),
    ...(pooled !== undefined && pooled > 1
      ? [t('The sum over all pixels alone stretches by {0}.', inDigits(pooled))]
      : []),
  ];
  return sentences.length > 0 ? sentences.join(' ') : undefined;
}

function sumPoolNorm(part: NetworkPart): number | undefined {
  if (part.kind === 'sumPool') return Math.sqrt(part.inputSize[0] * part.inputSize[1]);
  if (part.kind !== 'sequence') return undefined;
  return part.parts.map(sumPoolNorm).find((norm) => norm !== undefined);
}

function metText({ largest, where }: GradientBound, name: string): string {
  switch (where) {
    case 'real':
      return t(
        'At a real image {0} has a gradient of norm {1}: it is at least that steep.',
        name,
        inDigits(largest),
      );
    case 'generated':
      return t(
        'At a generated image {0} has a gradient of norm {1}: it is at least that steep.',
        name,
        inDigits(largest),
      );
    case 'between':
      return t(
        'Between a real and a generated image {0} has a gradient of norm {1}: it is at least that steep.',
        name,
        inDigits(largest),
      );
  }
}

function guessText(network: NetworkListing, layers: readonly LayerListing[]): string | undefined {
  const own = layers.filter(({ name }) => network.layers.includes(name));
  const guessed = own.some((layer) => layer.guessed.length > 0);
  if (network.structureGuessed && guessed) {
    return t(
      'How the layers follow each other, and their strides, padding and input sizes, are guessed from names and shapes.',
    );
  }
  if (network.structureGuessed) return t('How the layers follow each other is guessed from names.');
  return undefined;
}

/** Numbers of a table that need an explanation. */
export type ExplainedNumber =
  | 'estimate'
  | 'sigma'
  | 'estimateError'
  | 'normalized'
  | 'operatorNorm'
  | 'upper'
  | 'condition'
  | 'stableRank'
  | 'effectiveRank'
  | 'belowTenth'
  | 'frobenius'
  | 'product'
  | 'tightUpper'
  | 'lower';

/** What a number of a table is, in one sentence; for hovers and notes. */
export function numberMeaning(number: ExplainedNumber): string {
  switch (number) {
    case 'estimate':
      return t('What training divides the weight by: u^T W v with the stored u and v.');
    case 'sigma':
      return t('The largest singular value of the raw weight as the paper’s matrix, by an SVD.');
    case 'estimateError':
      return t('How far the estimate is from sigma, relative to it.');
    case 'normalized':
      return t('The largest singular value of the weight as it is used; near 1 when all is well.');
    case 'operatorNorm':
      return t(
        'The true norm of the layer as it is used, at its stride, padding and input size: how much it stretches an image at most.',
      );
    case 'upper':
      return t('A number that the true norm cannot exceed, the smallest of several bounds.');
    case 'condition':
      return t('The largest singular value by the smallest.');
    case 'stableRank':
      return t('||W||_F² / sigma²: 1 for a weight of rank one, at most the number of values.');
    case 'effectiveRank':
      return t(
        'How many singular values count, as the exponential of their entropy (Roy and Vetterli 2007).',
      );
    case 'belowTenth':
      return t('The share of the singular values that are below a tenth of the largest.');
    case 'frobenius':
      return t('The root of the sum of all squared values of the raw weight.');
    case 'product':
      return t(
        'The product of the norms of all weights as matrices; no bound, but what eq. 7 says.',
      );
    case 'tightUpper':
      return t(
        'True norms, sums and pools put together; a bound up to the tolerance of the norms.',
      );
    case 'lower':
      return t('The largest gradient that was met; the Lipschitz constant is at least this.');
  }
}
