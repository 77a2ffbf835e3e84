import type { TrainConfig } from '../../../src/shared/config';
import { GUTTER, layOutCells, type GridLayout } from '../../../src/shared/gridLayout';

/**
 * Where the images lie in a grid that was loaded. The picture has the last word: one that does not
 * fit the config, or has none, is one single image.
 */
export function gridOfPicture(
  picture: { readonly width: number; readonly height: number },
  config: TrainConfig | undefined,
): GridLayout {
  const { width, height } = picture;
  if (config) {
    const size = config.data.size;
    const columns = (width - GUTTER) / (size + GUTTER);
    const rows = (height - GUTTER) / (size + GUTTER);
    if (Number.isInteger(columns) && Number.isInteger(rows) && columns > 0 && rows > 0) {
      const count = Math.min(config.samples.count, columns * rows);
      return { ...layOutCells(count, size, size, columns), width, height };
    }
  }
  return layOutCells(1, width - 2 * GUTTER, height - 2 * GUTTER, 1);
}
