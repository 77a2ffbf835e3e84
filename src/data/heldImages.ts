import { UserError } from '../shared/userError';
import { classesOfFolders, sortedClasses } from './imageClass';

/** A set may take this much memory, the most that one array of Node 20 holds. */
const MOST_BYTES = 4 * 2 ** 30;

/** Memory is taken from the system in pieces of this size: not many, and little of it in vain. */
const PIECE_BYTES = 16 * 2 ** 20;

/**
 * Collects images of one size where they stay, because a source may not know how many it has, and a
 * copy on the way would take the memory of a set twice. The memory is one that threads share, so
 * that one that makes batches needs no copy either.
 */
export class HeldImages {
  count = 0;
  private readonly imageBytes: number;
  /** Grows in place: its addresses are set aside at first, memory is taken as images come. */
  private readonly memory: SharedArrayBuffer;
  /** All of `memory`, however much it has grown. */
  private readonly bytes: Uint8Array;
  /** For each image, which of the distinct folder paths it lies in. */
  private readonly pathOf: number[] = [];
  private readonly paths = new Map<string, { index: number; folders: readonly string[] }>();

  /**
   * @param source names the set in messages
   * @param mostBytes that all images may take
   * @throws UserError when there is no memory for a single image
   */
  constructor(
    size: number,
    private readonly source: string,
    private readonly mostBytes = MOST_BYTES,
  ) {
    this.imageBytes = size * size * 3;
    this.memory = this.reserve();
    this.bytes = new Uint8Array(this.memory);
  }

  /**
   * @param rgb [size, size, 3]
   * @throws UserError when the set outgrows what may be held
   */
  add(rgb: Uint8Array, folders: readonly string[]): void {
    const start = this.count * this.imageBytes;
    if (start + this.imageBytes > this.bytes.length) this.grow(start + this.imageBytes);
    this.bytes.set(rgb, start);
    this.count++;
    const key = folders.join('\0');
    const path = this.paths.get(key) ?? { index: this.paths.size, folders };
    this.paths.set(key, path);
    this.pathOf.push(path.index);
  }

  /** All images and their classes, as told by the folders around them. */
  finish(): {
    count: number;
    images: Uint8Array;
    classes: readonly string[];
    labels: Uint16Array | undefined;
  } {
    const images = new Uint8Array(this.memory, 0, this.count * this.imageBytes);
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

  /** Fewer addresses than a set may need where the system gives no more: most sets are small. */
  private reserve(): SharedArrayBuffer {
    for (let most = this.mostBytes; most >= this.imageBytes; most /= 2) {
      try {
        return new SharedArrayBuffer(0, { maxByteLength: most });
      } catch (thrown) {
        if (!(thrown instanceof RangeError)) throw thrown;
      }
    }
    throw this.beyondMachine();
  }

  /** @param needed bytes, one image more than there is room for */
  private grow(needed: number): void {
    if (needed > this.mostBytes) throw this.tooLarge(`take over ${this.mostBytes / 2 ** 30} GiB`);
    const most = this.memory.maxByteLength;
    if (needed > most) throw this.beyondMachine();
    try {
      this.memory.grow(Math.min(Math.ceil(needed / PIECE_BYTES) * PIECE_BYTES, most));
    } catch (thrown) {
      if (!(thrown instanceof RangeError)) throw thrown;
      throw this.beyondMachine();
    }
  }

  private beyondMachine(): UserError {
    return this.tooLarge('are more than the memory of this machine holds');
  }

  private tooLarge(why: string): UserError {
    return new UserError(
      `"${this.source}" has more than ${this.count} images, which ${why}: use fewer images or a smaller data.size.`,
    );
  }
}
