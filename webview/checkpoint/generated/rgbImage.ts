import type { PictureAnswer } from '../../../src/shared/inspectionQuestions';

/** Width and height of a picture in pixels. */
export function pictureSize({ size, columns, count }: PictureAnswer): {
  width: number;
  height: number;
} {
  return { width: size * columns, height: size * Math.ceil(count / columns) };
}

/** A picture as canvases take it. */
export function rgbImage(picture: PictureAnswer): ImageData {
  const { width, height } = pictureSize(picture);
  const image = new ImageData(width, height);
  const { rgb } = picture;
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    image.data[to] = rgb[from];
    image.data[to + 1] = rgb[from + 1];
    image.data[to + 2] = rgb[from + 2];
    image.data[to + 3] = 255;
  }
  return image;
}

/** One column of a picture of paths: all rows at the same place. */
export function columnOf(image: ImageData, size: number, column: number): ImageData {
  const part = new ImageData(size, image.height);
  for (let y = 0; y < image.height; y++) {
    const from = 4 * (y * image.width + column * size);
    part.data.set(image.data.subarray(from, from + 4 * size), 4 * y * size);
  }
  return part;
}
