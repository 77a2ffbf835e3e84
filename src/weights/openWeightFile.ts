import { shortened } from '../runs/jsonFlaw';
import type { TensorListing, WeightFormat } from '../shared/inspection';
import { UserError } from '../shared/userError';
import type { WeightFile, WeightValues } from './weightFile';

/** An array as the reader of a format found it. */
export interface StoredArray extends TensorListing {
  /** @throws UserError where its values cannot be read */
  readonly read: () => Promise<WeightValues>;
}

/** What the reader of a format found in a file, which stays open for the arrays to be read. */
export interface StoredWeights {
  readonly file: string;
  readonly format: WeightFormat;
  readonly bytes: number;
  readonly arrays: readonly StoredArray[];
  readonly metadata?: Readonly<Record<string, string>>;
  readonly flaws?: readonly string[];
  readonly close: () => Promise<void>;
}

/** The arrays of an open file by their names, whatever the format. */
export class OpenWeightFile implements WeightFile {
  readonly file: string;
  readonly format: WeightFormat;
  readonly bytes: number;
  readonly tensors: readonly TensorListing[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly flaws: readonly string[];
  readonly close: () => Promise<void>;
  private readonly arrays = new Map<string, StoredArray>();

  /** @throws UserError where two arrays have one name: which of them is meant, nobody knows */
  constructor(stored: StoredWeights) {
    this.file = stored.file;
    this.format = stored.format;
    this.bytes = stored.bytes;
    this.metadata = stored.metadata ?? {};
    this.flaws = stored.flaws ?? [];
    this.close = stored.close;
    for (const array of stored.arrays) {
      if (this.arrays.has(array.name)) {
        throw new UserError(
          `${this.file} has two arrays of the name ${shortened(array.name)}. Save it again with one array for each name.`,
        );
      }
      this.arrays.set(array.name, array);
    }
    this.tensors = stored.arrays.map(({ name, dtype, shape, bytes }) => {
      return { name, dtype, shape, bytes };
    });
  }

  async read(name: string): Promise<WeightValues> {
    const array = this.arrays.get(name);
    if (array !== undefined) return array.read();
    throw new UserError(
      `${this.file} has no array ${shortened(name)}. Choose one of its ${this.arrays.size} arrays.`,
    );
  }
}

/** The error for an array of a type that holds no real numbers, or none that we know. */
export function unreadableType(file: string, name: string, dtype: string): UserError {
  return new UserError(
    `The array ${shortened(name)} of ${file} is of the type ${shortened(dtype)}, which cannot be read here. Save it as float32.`,
  );
}
