import { t } from '@vscode/l10n';
import type { Range } from '../../figures/scale';

/** What is known of a group of tags; of one that is not listed, nothing of it is assumed. */
export interface GroupTraits {
  readonly title: string;
  /** Beside the title; a part after `_` stands lower. */
  readonly formula?: string;
  /** One or two sentences: what the curves are and what to look for. */
  readonly about?: string;
  /** Of the y axis; absent for plain numbers. */
  readonly unit?: string;
  /** From what is logged to that unit. */
  readonly factor?: number;
  /** Curves that smoothing would make wrong: measured exactly, or set by a schedule. */
  readonly exact?: boolean;
  /** Where values are expected. */
  readonly band?: Range & { readonly label: string };
  /** Names of single tags, by what follows the slash. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** The charts that every training of this project fills, the most telling first. */
export function catalogue(): ReadonlyMap<string, GroupTraits> {
  return new Map(Object.entries({ ...ofTheGame(), ...ofTheLayers(), ...ofTheMachine() }));
}

/** Groups that come after those that nobody knows here. */
export const lastGroups: readonly string[] = [
  'imagesPerSecond',
  'ms',
  'learningRate',
  'memory',
  'memory/tensors',
];

function ofTheGame(): Record<string, GroupTraits> {
  return {
    loss: {
      title: t('Losses'),
      about: t(
        'Loss of the discriminator D and of the generator G. They play against each other: neither is meant to fall to zero.',
      ),
      labels: { d: t('D'), g: t('G') },
    },
    score: {
      title: t('Scores'),
      about: t(
        'Mean output of the discriminator: D(x) for training images, D(G(z)) for generated ones. Far apart means that D tells them apart easily.',
      ),
      labels: { real: 'D(x)', fake: 'D(G(z))' },
    },
  };
}

function ofTheLayers(): Record<string, GroupTraits> {
  return {
    sigma: {
      title: t('Spectral norm of the weights of D'),
      formula: 'σ(W)',
      about: t(
        'Largest singular value of the raw weight W of each layer, as power iteration estimates it. It may grow; W / σ(W) is what D computes with.',
      ),
    },
    sigmaBar: {
      title: t('Exact spectral norm of W / σ'),
      about: t(
        'Largest singular value of the normalised weight of each layer of D, computed exactly: at the steps of sample grids, and more often where the toolbar says so. In the paper (Fig. 9) it stays between 1 and 1.05: then the estimate keeps up with the weight.',
      ),
      exact: true,
      band: { min: 1, max: 1.05, label: t('1–1.05, as in the paper') },
    },
    stableRank: {
      title: t('Stable rank of the weights of D'),
      formula: 'Σσᵢ² / σ₁²',
      about: t(
        'How many directions share the size of the weight W of each layer: 1 where all of it lies in one direction, and never more than its rank. A steep fall is a sign of spectral collapse.',
      ),
      exact: true,
    },
    lambda: {
      title: t('Pull along the first singular direction'),
      formula: 'λ',
      about: t(
        'λ of the paper’s eq. 12 for each layer of D: how much the objective of D would gain if its normalised weight were stretched. Spectral normalisation takes so much of the first singular direction out of the gradient; where λ is positive, it keeps the weight from gathering there.',
      ),
    },
    weight: {
      title: t('Frobenius norm of the weights of D'),
      formula: '‖W‖_F',
      about: t('Size of the raw weight W: the root of the sum of its squares.'),
    },
    gradient: {
      title: t('Gradient norms'),
      formula: '‖∇‖_2',
      about: t('Euclidean norm of the whole gradient of the discriminator and of the generator.'),
      labels: { d: t('D'), g: t('G') },
    },
    'gradient/d': {
      title: t('Gradient norms by layer of D'),
      formula: '‖∇‖_2',
      about: t('Euclidean norm of the gradient of each weight of the discriminator.'),
    },
    'gradient/g': {
      title: t('Gradient norms by layer of G'),
      formula: '‖∇‖_2',
      about: t('Euclidean norm of the gradient of each weight of the generator.'),
    },
  };
}

function ofTheMachine(): Record<string, GroupTraits> {
  return {
    imagesPerSecond: { title: t('Images per second'), unit: t('images/s') },
    ms: {
      title: t('Time per step'),
      unit: 'ms',
      about: t(
        'Where the time of a step goes, in milliseconds, averaged since the row before. Images are prepared while the step before is computed, and checkpoints are written beside the training: what counts here is the wait for them.',
      ),
      labels: {
        step: t('whole step'),
        update: t('updates'),
        data: t('data'),
        log: t('log'),
        exact: t('exact norms'),
        sample: t('grids'),
        checkpoint: t('checkpoints'),
      },
    },
    learningRate: { title: t('Learning rate'), formula: 'α', exact: true },
    memory: {
      title: t('Memory'),
      unit: 'MB',
      factor: 1e-6,
      exact: true,
      labels: { rss: t('process'), tensorBytes: t('tensors') },
    },
    'memory/tensors': { title: t('Tensors in memory'), exact: true },
  };
}
