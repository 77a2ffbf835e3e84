/** A decoded picture. It may be closed once others need its room: draw it at once, never keep it. */
export interface Picture {
  readonly bitmap: ImageBitmap;
  readonly width: number;
  readonly height: number;
  /** Whether a canvas that holds it may be read: not where the server refuses other origins. */
  readonly readable: boolean;
}

const PATIENCE_MS = 20_000;

/**
 * Decoded pictures by address, those used last. A grid is decoded once, however many of its images
 * are drawn, and is there before it is shown.
 */
export class Pictures {
  private readonly decoded = new Map<string, Picture>();
  private readonly loading = new Map<string, Promise<Picture>>();
  private readonly failures = new Map<string, number>();
  private bytes = 0;
  /** Whether the server has shared a picture with this page. */
  private shared = false;

  /**
   * @param limit pictures that are kept at most
   * @param byteLimit bytes that their pixels take at most; two pictures are always kept, because
   *   two are shown side by side
   */
  constructor(
    private readonly limit: number,
    private readonly byteLimit: number,
  ) {}

  /** How many pictures are kept. */
  get size(): number {
    return this.decoded.size;
  }

  /** The picture if it is decoded; counts as a use. */
  peek(address: string): Picture | undefined {
    const picture = this.decoded.get(address);
    if (picture) {
      this.decoded.delete(address);
      this.decoded.set(address, picture);
    }
    return picture;
  }

  /**
   * Loads and decodes a picture unless it is here.
   *
   * @throws Error where there is no picture or only a part of one
   */
  async load(address: string): Promise<Picture> {
    const here = this.peek(address);
    if (here) return here;
    const underway = this.loading.get(address);
    if (underway) return underway;
    const failed = this.failures.get(address) ?? 0;
    // The browser may have kept half a file.
    const loading = this.decode(failed === 0 ? address : withQuery(address, `retry=${failed}`));
    this.loading.set(address, loading);
    try {
      const picture = await loading;
      this.failures.delete(address);
      this.keep(address, picture);
      return picture;
    } catch (thrown) {
      this.failures.set(address, failed + 1);
      throw thrown;
    } finally {
      this.loading.delete(address);
    }
  }

  private async decode(address: string): Promise<Picture> {
    let image: HTMLImageElement;
    let readable = true;
    try {
      image = await loadImage(address, 'anonymous');
      this.shared = true;
    } catch (thrown) {
      // Either there is no picture or the server does not share any with other origins.
      if (this.shared) throw thrown;
      image = await loadImage(address, null);
      readable = false;
    }
    // Fails for half a picture, which an image element shows as it is.
    const bitmap = await createImageBitmap(image);
    return { bitmap, width: bitmap.width, height: bitmap.height, readable };
  }

  private keep(address: string, picture: Picture): void {
    this.decoded.set(address, picture);
    this.bytes += bytesOf(picture);
    for (const [oldest, { bitmap }] of this.decoded) {
      const { size } = this.decoded;
      if (size <= 2 || (size <= this.limit && this.bytes <= this.byteLimit)) return;
      this.bytes -= bytesOf(bitmap);
      this.decoded.delete(oldest);
      bitmap.close();
    }
  }
}

function bytesOf({ width, height }: { width: number; height: number }): number {
  return width * height * 4;
}

/** An address with one more part of its query. */
export function withQuery(address: string, part: string): string {
  return `${address}${address.includes('?') ? '&' : '?'}${part}`;
}

async function loadImage(address: string, crossOrigin: string | null): Promise<HTMLImageElement> {
  const image = new Image();
  image.crossOrigin = crossOrigin;
  image.src = address;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${address} does not come.`)), PATIENCE_MS);
  });
  try {
    await Promise.race([image.decode(), late]);
    return image;
  } catch (thrown) {
    // Ends the download.
    image.removeAttribute('src');
    throw thrown;
  } finally {
    clearTimeout(timer);
  }
}

/** The pictures of the page: 40 grids, or fewer where they are large. */
export const pictures = new Pictures(40, 256 * 2 ** 20);
