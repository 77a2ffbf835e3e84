import { t } from '@vscode/l10n';
import type { BoundMethod, Certainty } from '../inspection';

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
