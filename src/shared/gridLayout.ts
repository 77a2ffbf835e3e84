/** Where the images of a grid lie: one arithmetic for those who draw grids and who show them. */

/** Pixels between two images, and around all. */
export const GUTTER = 2;

/** Images in rows and columns, in pixels of the grid. */
export interface GridLayout {
  readonly count: number;
  readonly columns: number;
  readonly rows: number;
  /** Size of one image. */
  readonly cellWidth: number;
  readonly cellHeight: number;
  /** Size of the whole grid. */
  readonly width: number;
  readonly height: number;
}

/** Lays out images of one size row by row, nearly square unless `columns` is given. */
export function layOutCells(
  count: number,
  cellWidth: number,
  cellHeight: number,
  columns: number = Math.ceil(Math.sqrt(count)),
): GridLayout {
  const rows = Math.ceil(count / columns);
  return {
    count,
    columns,
    rows,
    cellWidth,
    cellHeight,
    width: columns * (cellWidth + GUTTER) + GUTTER,
    height: rows * (cellHeight + GUTTER) + GUTTER,
  };
}

/** The left top corner of an image in its grid. */
export function cellCorner(layout: GridLayout, index: number): { left: number; top: number } {
  const { columns, cellWidth, cellHeight } = layout;
  return {
    left: GUTTER + (index % columns) * (cellWidth + GUTTER),
    top: GUTTER + Math.floor(index / columns) * (cellHeight + GUTTER),
  };
}

/**
 * The image at a point of the grid; a gutter belongs to the image on its right or below it.
 * Undefined outside the grid and where no image fills the place.
 */
export function cellAt(layout: GridLayout, x: number, y: number): number | undefined {
  const { columns, rows, cellWidth, cellHeight, count } = layout;
  if (x < 0 || y < 0 || x >= layout.width || y >= layout.height) return undefined;
  const column = Math.min(columns - 1, Math.floor(x / (cellWidth + GUTTER)));
  const row = Math.min(rows - 1, Math.floor(y / (cellHeight + GUTTER)));
  const index = row * columns + column;
  return index < count ? index : undefined;
}
