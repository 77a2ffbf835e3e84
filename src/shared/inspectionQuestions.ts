import type { GradientBound } from './inspection';

/** What is computed of a file only when a person asks for it, and the answers. */

export const iterationForms = ['gram', 'alternating'] as const;
export const iterationStarts = ['ones', 'random', 'stored'] as const;
export type IterationForm = (typeof iterationForms)[number];
export type IterationStart = (typeof iterationStarts)[number];

/** Questions about weights; src/inspection answers them without TensorFlow.js. */
export type WeightQuestion =
  | {
      readonly kind: 'powerIteration';
      readonly layer: string;
      readonly form: IterationForm;
      readonly start: IterationStart;
      readonly seed: number;
      /** 1 to 1000. */
      readonly iterations: number;
    }
  /** All singular values of the circular convolution on the input's own grid. */
  | { readonly kind: 'circularSpectrum'; readonly layer: string }
  /** Singular values of one layer in every checkpoint of the run; answered in many parts. */
  | { readonly kind: 'drift'; readonly layer: string }
  /** Exact sigma of W-bar over the run's steps, as the trainer logged it (the paper's Fig. 9). */
  | { readonly kind: 'history' }
  /** The weight itself, to be drawn. */
  | { readonly kind: 'kernels'; readonly layer: string };

/** Questions that need the networks themselves; only checkpoints of our own can answer them. */
export type NetworkQuestion =
  | {
      readonly kind: 'samples';
      readonly seed: number;
      /** 1 to 100. */
      readonly count: number;
    }
  /** Rows of images whose latents go from one to another, on the sphere for normal latents. */
  | {
      readonly kind: 'interpolation';
      readonly fromSeed: number;
      readonly toSeed: number;
      /** Images in a row, with both ends; 2 to 16. */
      readonly steps: number;
      /** 1 to 10. */
      readonly rows: number;
    }
  | {
      readonly kind: 'gradients';
      /** Of each kind: 8 to 1024. */
      readonly images: number;
      readonly seed: number;
    };
export type Question = WeightQuestion | NetworkQuestion;

export interface IterationAnswer {
  readonly kind: 'powerIteration';
  /** The exact norm, by SVD. */
  readonly exact: number;
  /** lambda_2 / lambda_1 = (sigma_2 / sigma_1)^2; 0 for a matrix of one row or column. */
  readonly ratio: number;
  /** Estimate of sigma after each iteration; empty where the start has no direction to follow. */
  readonly estimates: Float64Array;
  /**
   * Tangent of the angle between v_0 and the first singular vector; Infinity where they are orthogonal,
   * NaN where that vector is not the only one or there is no start.
   */
  readonly startTangent: number;
  /** Why the start fails: it lies in the null space, or is orthogonal to the first vector. */
  readonly failure?: 'nullSpace' | 'orthogonal' | 'noStoredVector';
}
export interface CircularAnswer {
  readonly kind: 'circularSpectrum';
  /** Largest first. */
  readonly values: Float64Array;
  readonly gridSize: readonly [number, number];
}
/** One checkpoint of a drift; they come in an order that covers the run evenly from the start. */
export interface DriftAnswer {
  readonly kind: 'drift';
  readonly step: number;
  /** Of W, largest first; empty where the checkpoint cannot be read. */
  readonly values: Float64Array;
  /** null where the layer is not normalised. */
  readonly estimate: number | null;
  /** One sentence, where the checkpoint cannot be read. */
  readonly flaw?: string;
  readonly done: number;
  readonly total: number;
}
export interface HistoryAnswer {
  readonly kind: 'history';
  readonly steps: Float64Array;
  /** By the layer's name without its network; NaN where a step has none. */
  readonly layers: Readonly<Record<string, Float64Array>>;
  /** `lambda` of eq. 12 and stable rank, where the run has them. */
  readonly lambdas: Readonly<Record<string, Float64Array>>;
  readonly stableRanks: Readonly<Record<string, Float64Array>>;
}
export interface KernelsAnswer {
  readonly kind: 'kernels';
  /** In PyTorch's layout. */
  readonly shape: readonly number[];
  readonly values: Float32Array;
}
/** Images as one picture: RGB, 8 bits, rows of `columns` images of `size` x `size` pixels. */
export interface PictureAnswer {
  readonly kind: 'picture';
  readonly rgb: Uint8Array;
  readonly size: number;
  readonly columns: number;
  readonly count: number;
}
export interface GradientAnswer extends GradientBound {
  readonly kind: 'gradients';
}
export type WeightAnswer =
  IterationAnswer | CircularAnswer | DriftAnswer | HistoryAnswer | KernelsAnswer;
export type NetworkAnswer = PictureAnswer | GradientAnswer;
export type Answer = WeightAnswer | NetworkAnswer;
