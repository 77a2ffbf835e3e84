import type { TensorListing, WeightFormat } from '../shared/inspection';

/** Values of an array as they are needed for arithmetic: narrower types are widened. */
export type WeightValues = Float32Array | Float64Array;

/**
 * A file of named arrays whose header has been read and checked. Arrays are read when they are asked
 * for, one at a time, so that a file of gigabytes costs no more than what is looked at.
 */
export interface WeightFile {
  /** Absolute path. */
  readonly file: string;
  readonly format: WeightFormat;
  /** Of the file; with its shards for `tfjs`. */
  readonly bytes: number;
  /** In the order of the file; names are unique. */
  readonly tensors: readonly TensorListing[];
  /** Pairs of strings that came with the arrays; {} where the format has none. */
  readonly metadata: Readonly<Record<string, string>>;
  /** Sentences about what the file holds besides and why it is not among `tensors`. */
  readonly flaws: readonly string[];
  /**
   * The values of an array, row-major in the shape of its listing; F64 and 64-bit integers as
   * float64, all else as float32.
   *
   * @throws UserError where the file has no such array, the bytes are damaged, or the type holds no
   *   real numbers
   */
  read(name: string): Promise<WeightValues>;
  close(): Promise<void>;
}
