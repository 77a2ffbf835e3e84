import { cellCorner, type GridLayout } from '../../../src/shared/gridLayout';

/** A rectangle of a picture, in its pixels. */
export interface PicturePart {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The part of a grid that one image takes. */
export function cellPart(layout: GridLayout, cell: number): PicturePart {
  const { cellWidth: width, cellHeight: height } = layout;
  return { ...cellCorner(layout, cell), width, height };
}
