/** Browser types that @jsquash/webp speaks of; Node has WebAssembly, the package brings ImageData. */
declare namespace WebAssembly {
  function compile(bytes: Uint8Array): Promise<Module>;
}

interface ImageData {
  readonly width: number;
  readonly height: number;
  /** RGBA. */
  readonly data: Uint8ClampedArray;
}
