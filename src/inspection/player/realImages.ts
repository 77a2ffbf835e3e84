import { Batches } from '../../data/batches';
import { DamagedImage, type SourceImage } from '../../data/imageSource';
import { openSource } from '../../data/openSource';
import { fitImage } from '../../data/resize';
import type { TrainConfig } from '../../shared/config';
import { randomPurpose, RandomStream } from '../../shared/random';
import { messageOf } from '../../shared/userError';

/** Some training images [count, size, size, 3] as D meets them, or why there are none. */
export type SomeRealImages = { readonly images: Float32Array } | { readonly without: string };

/** The training images of a run, of which a few are wanted and not all. */
export class RealImages {
  constructor(private readonly data: TrainConfig['data']) {}

  /**
   * Images that are drawn at random from the run's own source, at most `count`; the same ones for
   * the same seed. Mirrored and dequantised as in training. Sets with splits give those they are
   * trained on.
   */
  async some(count: number, seed: number): Promise<SomeRealImages> {
    const { source, size, flip, dequantise } = this.data;
    // A checkpoint may be a stranger's, and opening such a path signs in at the stranger's machine.
    if (/^[\\/]{2}/.test(source)) {
      return { without: `The training images lie on another machine ("${source}").` };
    }
    try {
      const drawn = await this.draw(count, seed);
      if (drawn.length === 0) return { without: `"${source}" has no readable images.` };
      const images = new Uint8Array(drawn.length * size * size * 3);
      drawn.forEach((image, i) => images.set(image, i * size * size * 3));
      const options = { batchSize: drawn.length, seed, flip, dequantise };
      const set = { ...HELD, name: source, source, size, images, count: drawn.length };
      return { images: new Batches(set, options).batch(0) };
    } catch (thrown) {
      return { without: `The training images cannot be loaded: ${messageOf(thrown)}` };
    }
  }

  /**
   * Goes through the source once and decodes few images more than are kept (Vitter's algorithm R):
   * a set may have millions.
   */
  private async draw(count: number, seed: number): Promise<Uint8Array[]> {
    const random = new RandomStream(seed, randomPurpose.inspectedReal);
    const kept: Uint8Array[] = [];
    let met = 0;
    for await (const image of (await openSource(this.data.source)).images()) {
      if (image.split === 'test') continue;
      const place = met < count ? met : Math.floor((random.uint32() / 2 ** 32) * (met + 1));
      const pixels = place < count ? await this.decode(image) : undefined;
      if (place < count && pixels === undefined) continue;
      if (pixels) kept[place] = pixels;
      met++;
    }
    return kept;
  }

  /** Undefined where the image is damaged. */
  private async decode(image: SourceImage): Promise<Uint8Array | undefined> {
    try {
      return await fitImage(await image.decode(), this.data.size, this.data.resize);
    } catch (thrown) {
      if (thrown instanceof DamagedImage) return undefined;
      throw thrown;
    }
  }
}

/** What is not known, or does not matter, of a few images of a set. */
const HELD = { kind: '', classes: [], labels: undefined, skipped: [], otherSplit: 0 } as const;
