import type { TrainConfig } from './config';

/**
 * What an inspection of a weight file tells: of the file, of each layer, of each network. Weights
 * are always seen in PyTorch's layout, whatever the file's: [out, in / groups, kernel height, kernel
 * width] for convolutions, [in, out / groups, kh, kw] for transposed ones, [out, in] for dense
 * layers and [number of entries, features] for embeddings.
 */

/** What a file is, by its contents and not by its name. */
export const weightFormats = ['safetensors', 'torch', 'npz', 'npy', 'tfjs'] as const;
export type WeightFormat = (typeof weightFormats)[number];

/** How far a number can be relied on; no number of ours is shown without it. */
export const certainties = ['exact', 'estimate', 'lowerBound', 'upperBound'] as const;
export type Certainty = (typeof certainties)[number];

/** A number that says how far it can be relied on. `exact` means up to rounding in float64. */
export interface CertainNumber {
  readonly value: number;
  readonly certainty: Certainty;
}

export const layerKinds = ['dense', 'conv', 'convTranspose', 'embedding'] as const;
export type LayerKind = (typeof layerKinds)[number];

/** All that the norm of a layer depends on besides its weight; [vertical, horizontal]. */
export interface LayerGeometry {
  readonly kind: LayerKind;
  readonly stride: readonly [number, number];
  /** Rows and columns of zeros around the input: [top, bottom, left, right]. */
  readonly padding: readonly [number, number, number, number];
  readonly dilation: readonly [number, number];
  readonly groups: number;
  /** Of transposed convolutions: what PyTorch adds to the output at the bottom and on the right. */
  readonly outputPadding: readonly [number, number];
  /** [height, width] of what the layer is applied to; [1, 1] where it has no sides. */
  readonly inputSize: readonly [number, number];
}
export type GeometryKey = keyof LayerGeometry;
/** What a person knows better than our guess. */
export type Correction = Partial<LayerGeometry>;
/** Corrections by the layer's name. */
export type Corrections = Readonly<Record<string, Correction>>;

/**
 * - `stored`: the file has u, so sigma as training estimated it is known
 * - `missing`: the layer was normalised, but its u was not saved; sigma is that of an iteration of
 *   our own, carried on until it stands still
 * - `none`: the weight is used as it is
 */
export type Normalization = 'stored' | 'missing' | 'none';

export interface TensorListing {
  readonly name: string;
  /** As the format calls it: F32, float32, <f4 … */
  readonly dtype: string;
  /** As in the file. */
  readonly shape: readonly number[];
  readonly bytes: number;
}

/** A linear layer that was found among the arrays of a file. */
export interface LayerListing {
  /** Unique in the file: what the names of its arrays have in common, for example `d.conv1`. */
  readonly name: string;
  /** Name of the array that holds the raw weight. */
  readonly weight: string;
  readonly u?: string;
  readonly v?: string;
  readonly bias?: string;
  /** Of the weight, in PyTorch's layout. */
  readonly shape: readonly number[];
  readonly dtype: string;
  /** Of the paper's matrix: one row for each output. */
  readonly rows: number;
  readonly columns: number;
  readonly normalization: Normalization;
  readonly geometry: LayerGeometry;
  /** What of the geometry neither the file nor the person says. */
  readonly guessed: readonly GeometryKey[];
  /** What of the geometry the person has corrected. */
  readonly corrected: readonly GeometryKey[];
  /** Why the geometry is impossible, for example a kernel larger than the input; one sentence. */
  readonly flaw?: string;
  /** Whether its numbers are only computed when asked for, because that takes long. */
  readonly costly: boolean;
}

/** How layers make up a network, as far as its Lipschitz constant is concerned. */
export type NetworkPart =
  | { readonly kind: 'layer'; readonly name: string }
  | { readonly kind: 'sequence'; readonly parts: readonly NetworkPart[] }
  /** The sum of two branches. */
  | { readonly kind: 'sum'; readonly branches: readonly [NetworkPart, NetworkPart] }
  /** The input itself: the shortcut of a residual block without a convolution. */
  | { readonly kind: 'identity' }
  /** Means over windows of the size that do not overlap; its norm is 1 / sqrt(size of a window). */
  | { readonly kind: 'averagePool'; readonly window: readonly [number, number] }
  /** The sum over all pixels; its norm is sqrt(their number). */
  | { readonly kind: 'sumPool'; readonly inputSize: readonly [number, number] };

export type NetworkRole = 'discriminator' | 'generator' | 'unknown';

export interface NetworkListing {
  /** What the names of its layers begin with, without the dot: `d`, `g`, `g_ema`; may be ''. */
  readonly name: string;
  readonly role: NetworkRole;
  /** Names of its layers in the order of the network, as far as that is known. */
  readonly layers: readonly string[];
  /** Absent where it is not known how the layers follow each other. */
  readonly structure?: NetworkPart;
  /** Whether the structure is a guess from names. */
  readonly structureGuessed: boolean;
}

/** What only checkpoints of our own tell. */
export interface OwnCheckpoint {
  readonly step: number;
  readonly config: TrainConfig;
  /** Folder of its run; absent where the file lies elsewhere. */
  readonly run?: string;
  /** All checkpoints of that run, ascending. */
  readonly checkpoints: readonly { readonly step: number; readonly file: string }[];
}

/** What is known of a file before anything is computed; reads the headers only. */
export interface FileListing {
  /** Absolute path. */
  readonly file: string;
  readonly format: WeightFormat;
  readonly bytes: number;
  /** Who wrote it, as far as can be told: `sn-gan`, `PyTorch`, `Chainer`, `TensorFlow.js` … */
  readonly writer: string;
  readonly tensors: readonly TensorListing[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly layers: readonly LayerListing[];
  readonly networks: readonly NetworkListing[];
  readonly own?: OwnCheckpoint;
  /** Sentences about what could not be made sense of. */
  readonly flaws: readonly string[];
}

/** Counts of values in bins of one width from `from` to `to`. */
export interface Histogram {
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
}

/** What one pass over a raw weight tells. NaN and infinities are left out of everything else. */
export interface WeightNumbers {
  readonly frobenius: number;
  readonly largest: number;
  readonly mean: number;
  readonly nan: number;
  readonly infinite: number;
  readonly histogram: Histogram;
  /** What the weight is divided by: u^T W v; null where the layer is not normalised. */
  readonly estimate: number | null;
}

/** What the exact singular values of the raw weight as the paper's matrix tell. */
export interface SpectrumNumbers {
  /** All of them, largest first. Those of W-bar are these divided by the estimate. */
  readonly values: Float64Array;
  /** Largest by smallest; Infinity where the smallest is 0 to rounding. */
  readonly condition: number;
  /** ||W||_F^2 / sigma^2 */
  readonly stableRank: number;
  /** exp of the entropy of sigma_i / sum sigma (Roy and Vetterli 2007). */
  readonly effectiveRank: number;
  /** Share of the values that are below a tenth of the largest. */
  readonly belowTenth: number;
  /** (estimate - exact) / exact; null where there is no estimate. */
  readonly estimateError: number | null;
  /** The largest singular value of W-bar, the weight as it is used; null where not normalised. */
  readonly normalized: number | null;
}

/**
 * Ways to a number above the norm of a convolution, whatever its input. A stride folds the kernel to
 * kh' x kw' taps, kh' = ceil(kh / sh), kw' = ceil(kw / sw), on in' = in sh sw inputs; without one they
 * are its own. Each of the reshapings of the folded kernel bounds the norm by sqrt(kh' kw') times its
 * largest singular value; src/spectral/kernelBounds.ts has the proofs. The stride of a transposed
 * convolution folds out instead of in.
 */
export const boundMethods = [
  /** out x (in' kh' kw'): the paper's matrix, which folding leaves as it is. */
  'outputs',
  /** in' x (out kh' kw') */
  'inputs',
  /** (out kh') x (in' kw') */
  'rows',
  /** (out kw') x (in' kh') */
  'columns',
  /** The circular convolution on a grid that holds the input and its padding (Sedghi et al.). */
  'circular',
] as const;
export type BoundMethod = (typeof boundMethods)[number];

/** The norm of the layer as the operator that it is, of the raw weight. */
export interface OperatorNumbers {
  /** At the real stride, padding and input size. */
  readonly norm: CertainNumber;
  /** Of an estimate: how far from a singular value it can be, relative to it. */
  readonly tolerance: number;
  readonly iterations: number;
  /** Of the circular convolution on the input's own grid; absent for what is no convolution. */
  readonly circular?: CertainNumber;
  /** Guaranteed bounds; a method that does not apply is absent. */
  readonly bounds: readonly { readonly method: BoundMethod; readonly value: number }[];
  /** The smallest of the bounds, or the exact norm. */
  readonly upper: number;
}

/** What has been computed of a layer so far. */
export interface LayerNumbers {
  readonly weight?: WeightNumbers;
  readonly spectrum?: SpectrumNumbers;
  readonly operator?: OperatorNumbers;
  /** Why something could not be computed; one sentence. */
  readonly refused?: string;
}

/** Something that a person should know, as data: `words/warningText.ts` has the words. */
export interface Warning {
  readonly kind:
    | 'nonFinite'
    /** Many singular values far below the largest. */
    | 'collapse'
    /** The estimate lags behind the weight. */
    | 'stale'
    | 'missingU'
    /** The convolution stretches more than its matrix does. */
    | 'operatorNorm'
    /** A layer that is not normalised among those that are. */
    | 'notNormalized';
  readonly layer: string;
  readonly value: number;
}

/** Bounds of a network's Lipschitz constant, with the weights as they are used. */
export interface NetworkVerdict {
  readonly network: string;
  /** Product of the matrix norms of W-bar: eq. 7 as the paper reads it. No bound. */
  readonly product: number | null;
  /** Sums, pools and guaranteed norms put together; null where something is not known. */
  readonly upper: number | null;
  /** The same with the true norms at the real input sizes, up to their tolerance. */
  readonly tightUpper: number | null;
  /** Largest ||grad_x D|| that was met; absent until it was looked for. */
  readonly lower?: GradientBound;
  readonly warnings: readonly Warning[];
}

/** An empirical lower bound of a discriminator's Lipschitz constant. */
export interface GradientBound {
  /** Largest norm of the gradient by the image, with pixels from -1 to 1. */
  readonly largest: number;
  readonly where: 'real' | 'generated' | 'between';
  /** By what they were met at; absent where there were no such images. */
  readonly real?: GradientNorms;
  readonly generated?: GradientNorms;
  /** On straight lines from real to generated images, as WGAN-GP samples them. */
  readonly between?: GradientNorms;
  /** Why there are no real images; one sentence. */
  readonly withoutReal?: string;
}
export interface GradientNorms {
  readonly images: number;
  readonly largest: number;
  readonly mean: number;
}
