/** Where the windows of a convolution lie in an image [channels, height, width]; [vertical, horizontal]. */
export interface Windows {
  readonly channels: number;
  readonly inputSize: readonly [number, number];
  /** How many windows there are below and beside each other. */
  readonly outputSize: readonly [number, number];
  readonly kernel: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly dilation: readonly [number, number];
  /** Rows of zeros above and columns of zeros to the left of the image. */
  readonly padding: readonly [number, number];
}

/** What is done with the windows `first` … `first + count - 1`, whose patches are in place. */
type WithPatches = (first: number, count: number) => void;

/**
 * Copies the windows of `image` into the rows of `patches` [tile, channels * kernel], a tile of them
 * at a time, and has each tile worked on.
 */
export function takeWindows(
  windows: Windows,
  image: Float64Array,
  patches: Float64Array,
  tile: number,
  work: WithPatches,
): void {
  const surrounded = surround(windows);
  copyInside(windows, surrounded, (inside, place, length) => {
    surrounded.data.set(image.subarray(place, place + length), inside);
  });
  const { data } = surrounded;
  const offsets = kernelOffsets(windows, surrounded);
  const columns = offsets.length;
  forEachTile(windows, surrounded, tile, (first, starts, count) => {
    for (let t = 0; t < count; t++) {
      const start = starts[t];
      const row = t * columns;
      for (let k = 0; k < columns; k++) patches[row + k] = data[start + offsets[k]];
    }
    work(first, count);
  });
}

/**
 * The adjoint: has each tile of `patches` filled, and adds its rows to `image`, which must be 0, where
 * their windows lie.
 */
export function addWindows(
  windows: Windows,
  image: Float64Array,
  patches: Float64Array,
  tile: number,
  fill: WithPatches,
): void {
  const surrounded = surround(windows);
  const { data } = surrounded;
  const offsets = kernelOffsets(windows, surrounded);
  const columns = offsets.length;
  forEachTile(windows, surrounded, tile, (first, starts, count) => {
    fill(first, count);
    for (let t = 0; t < count; t++) {
      const start = starts[t];
      const row = t * columns;
      for (let k = 0; k < columns; k++) data[start + offsets[k]] += patches[row + k];
    }
  });
  copyInside(windows, surrounded, (inside, place, length) => {
    image.set(data.subarray(inside, inside + length), place);
  });
}

/** An image with all zeros around it that any window reaches. */
interface Surrounded {
  readonly data: Float64Array;
  readonly height: number;
  readonly width: number;
}

function surround(windows: Windows): Surrounded {
  const [height, width] = [0, 1].map((side) =>
    Math.max(
      windows.padding[side] + windows.inputSize[side],
      (windows.outputSize[side] - 1) * windows.stride[side] +
        windows.dilation[side] * (windows.kernel[side] - 1) +
        1,
    ),
  );
  return { data: new Float64Array(windows.channels * height * width), height, width };
}

/** Tells of each row of the image where it lies in the surrounded one and where in its own. */
function copyInside(
  { channels, inputSize, padding }: Windows,
  { height, width }: Surrounded,
  copy: (inside: number, place: number, length: number) => void,
): void {
  for (let channel = 0; channel < channels; channel++) {
    for (let y = 0; y < inputSize[0]; y++) {
      const inside = (channel * height + padding[0] + y) * width + padding[1];
      copy(inside, (channel * inputSize[0] + y) * inputSize[1], inputSize[1]);
    }
  }
}

/** Where the values of a window lie, counted from its first. */
function kernelOffsets({ channels, kernel, dilation }: Windows, around: Surrounded): Int32Array {
  const offsets = new Int32Array(channels * kernel[0] * kernel[1]);
  let k = 0;
  for (let channel = 0; channel < channels; channel++) {
    for (let y = 0; y < kernel[0]; y++) {
      for (let x = 0; x < kernel[1]; x++) {
        offsets[k++] = (channel * around.height + y * dilation[0]) * around.width + x * dilation[1];
      }
    }
  }
  return offsets;
}

function forEachTile(
  { outputSize, stride }: Windows,
  { width }: Surrounded,
  tile: number,
  work: (first: number, starts: Int32Array, count: number) => void,
): void {
  const pixels = outputSize[0] * outputSize[1];
  const starts = new Int32Array(tile);
  for (let first = 0; first < pixels; first += tile) {
    const count = Math.min(tile, pixels - first);
    for (let t = 0; t < count; t++) {
      const y = Math.floor((first + t) / outputSize[1]);
      const x = (first + t) % outputSize[1];
      starts[t] = y * stride[0] * width + x * stride[1];
    }
    work(first, starts, count);
  }
}
