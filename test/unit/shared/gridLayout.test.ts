import { describe, expect, it } from 'vitest';
import { cellAt, cellCorner, layOutCells } from '../../../src/shared/gridLayout';

describe('a grid of images', () => {
  it.each([
    [1, 1, 1],
    [2, 2, 1],
    [5, 3, 2],
    [64, 8, 8],
    [1024, 32, 32],
  ])('of %i is nearly square: %i by %i', (count, columns, rows) => {
    const layout = layOutCells(count, 32, 32);
    expect(layout).toMatchObject({ columns, rows });
    expect(layout.width).toBe(columns * 34 + 2);
    expect(layout.height).toBe(rows * 34 + 2);
  });

  it('finds every image at both of its ends', () => {
    const layout = layOutCells(7, 4, 6, 3);
    for (let i = 0; i < 7; i++) {
      const { left, top } = cellCorner(layout, i);
      expect(cellAt(layout, left, top)).toBe(i);
      expect(cellAt(layout, left + 3.9, top + 5.9)).toBe(i);
    }
  });

  it('has no image outside and at the places that stay empty', () => {
    const layout = layOutCells(7, 4, 6, 3);
    const { left, top } = cellCorner(layout, 6);
    expect(cellAt(layout, left + 7, top)).toBeUndefined();
    expect(cellAt(layout, -1, 0)).toBeUndefined();
    expect(cellAt(layout, 0, -0.1)).toBeUndefined();
    expect(cellAt(layout, layout.width, 0)).toBeUndefined();
    expect(cellAt(layout, 0, layout.height)).toBeUndefined();
  });

  it('gives the last gutter to the last column and row', () => {
    const layout = layOutCells(4, 8, 8);
    expect(cellAt(layout, layout.width - 0.5, layout.height - 0.5)).toBe(3);
  });
});
