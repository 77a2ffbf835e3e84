import { UserError } from '../shared/userError';
import { classesOfFolders, sortedClasses } from './imageClass';

/** A set may take this much memory, the most that one array of Node 20 holds. */
const maxBytes = 4 * 2 ** 30;

/** Collects images of one size in one growing array, because a source may not know its length. */
export class HeldImages {
  count = 0;
  private readonly imageBytes: number;
  private bytes: Uint8Array;
  /** For each image, which of the distinct folder paths it lies in. */
  private readonly pathOf: number[] = [];
  private readonly paths = new Map<string, { index: number; folders: readonly string[] }>();

  /** @param source names the set in messages */
  constructor(
    size: number,
    private readonly source: string,
  ) {
    this.imageBytes = size * size * 3;
    this.bytes = new Uint8Array(256 * this.imageBytes);
  }

  /**
   * @param rgb [size, size, 3]
   * @throws UserError when the set outgrows what may be held
   */
  add(rgb: Uint8Array, folders: readonly string[]): void {
    const start = this.count * this.imageBytes;
    if (start + this.imageBytes > this.bytes.length) this.grow();
    this.bytes.set(rgb, start);
    this.count++;
    const key = folders.join('\0');
    const path = this.paths.get(key) ?? { index: this.paths.size, folders };
    this.paths.set(key, path);
    this.pathOf.push(path.index);
  }

  /** All images, in memory that threads share, and their classes as told by the folders around them. */
  finish(): {
    count: number;
    images: Uint8Array;
    classes: readonly string[];
    labels: Uint16Array | undefined;
  } {
    const images = this.shared();
    const classOfPath = classesOfFolders([...this.paths.values()].map(({ folders }) => folders));
    const classes = sortedClasses(classOfPath ?? []);
    if (classes.length > 0xffff) {
      throw new UserError(
        `"${this.source}" has ${classes.length} classes, more than 65535: its folders are no classes; put all images into one folder.`,
      );
    }
    const indexOf = new Map(classes.map((name, index) => [name, index]));
    const labelOfPath = classOfPath?.map((name) => indexOf.get(name) as number);
    const labels = labelOfPath && Uint16Array.from(this.pathOf, (path) => labelOfPath[path]);
    return { count: this.count, images, classes, labels };
  }

  /** Between threads, so that one that makes batches needs no copy. */
  private shared(): Uint8Array {
    const length = this.count * this.imageBytes;
    const images = this.allocated(() => new Uint8Array(new SharedArrayBuffer(length)));
    images.set(this.bytes.subarray(0, length));
    return images;
  }

  private grow(): void {
    const length = Math.min(2 * this.bytes.length, maxBytes);
    if (length < (this.count + 1) * this.imageBytes) throw this.tooLarge('take over 4 GiB');
    const grown = this.allocated(() => new Uint8Array(length));
    grown.set(this.bytes);
    this.bytes = grown;
  }

  private allocated(allocate: () => Uint8Array): Uint8Array {
    try {
      return allocate();
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown;
      throw this.tooLarge('are more than the memory of this machine holds');
    }
  }

  private tooLarge(why: string): UserError {
    return new UserError(
      `"${this.source}" has more than ${this.count} images, which ${why}: use fewer images or a smaller data.size.`,
    );
  }
}
