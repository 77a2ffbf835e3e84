/** The part of gifenc that is used here; the package brings no types. */
declare module 'gifenc' {
  type Palette = [red: number, green: number, blue: number][];

  interface FrameOptions {
    /** Of the whole file when given with the first frame. */
    readonly palette?: Palette;
    readonly first?: boolean;
    /** Milliseconds; kept in hundredths of a second. */
    readonly delay?: number;
    /** 0: for ever. */
    readonly repeat?: number;
  }

  interface Encoder {
    writeHeader(): void;
    writeFrame(index: Uint8Array, width: number, height: number, options: FrameOptions): void;
    finish(): void;
    /** What was written since the last reset. */
    bytes(): Uint8Array;
    reset(): void;
  }

  export function GIFEncoder(options: { readonly auto: false }): Encoder;

  /** @param rgba a view of a whole buffer, four bytes a pixel */
  export function quantize(
    rgba: Uint8Array,
    maxColours: number,
    options: { readonly format: 'rgb444' },
  ): Palette;
}
