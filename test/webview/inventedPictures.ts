import type {
  GradientAnswer,
  KernelsAnswer,
  PictureAnswer,
} from '../../src/shared/inspectionQuestions';

/** Kernels of a layer: waves whose direction differs from one to the next. */
export function inventedKernels(shape: readonly number[]): KernelsAnswer {
  const [outputs, inputs, height, width] = shape;
  const values = new Float32Array(outputs * inputs * height * width);
  let at = 0;
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) {
      for (let y = 0; y < height; y++) {
        for (let x = 0; x < width; x++) {
          const along = x * Math.cos(o) + y * Math.sin(o);
          values[at++] = (0.1 + o / outputs) * Math.sin(along * 1.7 + i * (1 + o / 4));
        }
      }
    }
  }
  return { kind: 'kernels', shape, values };
}

/** Images in colours that tell their place: red by row, green by column. */
export function inventedPicture(count: number, columns: number, size = 32): PictureAnswer {
  const rows = Math.ceil(count / columns);
  const width = columns * size;
  const rgb = new Uint8Array(3 * width * rows * size);
  for (let y = 0; y < rows * size; y++) {
    for (let x = 0; x < width; x++) {
      const [row, column] = [Math.floor(y / size), Math.floor(x / size)];
      const inside = Math.hypot((x % size) - size / 2, (y % size) - size / 2) < size / 3;
      const at = 3 * (y * width + x);
      rgb[at] = (255 * (row + 1)) / rows;
      rgb[at + 1] = (255 * (column + 1)) / columns;
      rgb[at + 2] = inside ? 220 : 60;
    }
  }
  return { kind: 'picture', rgb, size, columns, count };
}

/** Gradients as large as those of a trained discriminator. */
export function inventedGradients(images: number): GradientAnswer {
  return {
    kind: 'gradients',
    largest: 2.34,
    where: 'between',
    real: { images, largest: 1.62, mean: 0.81 },
    generated: { images, largest: 1.94, mean: 0.9 },
    between: { images, largest: 2.34, mean: 0.97 },
  };
}
