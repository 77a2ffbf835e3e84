import { describe, expect, it } from 'vitest';
import {
  channelsFirst,
  flattenedLayout,
  fromTorch,
  sameLayout,
  toTorch,
  type TorchLayout,
} from '../../../src/gan/torchLayout';

const counted = (length: number): Float32Array => Float32Array.from({ length }, (_, i) => i);

describe('a layout', () => {
  it('moves [kh, kw, in, out] to (out, in, kh, kw)', () => {
    const layout: TorchLayout = { view: [2, 3, 4, 5], order: [3, 2, 0, 1], shape: [5, 4, 2, 3] };
    const theirs = toTorch(counted(120), layout);
    for (const [y, x, i, o] of [
      [0, 0, 0, 0],
      [1, 2, 3, 4],
      [0, 2, 1, 3],
    ]) {
      const ours = ((y * 3 + x) * 4 + i) * 5 + o;
      expect(theirs[((o * 4 + i) * 2 + y) * 3 + x]).toBe(ours);
    }
  });

  it('moves a flattened image from channels last to channels first', () => {
    // Two rows, one column, three channels.
    const layout = flattenedLayout([2, 1, 3]);
    expect(layout.shape).toEqual([6]);
    expect([...toTorch(counted(6), layout)]).toEqual([0, 3, 1, 4, 2, 5]);
  });

  it.each<[string, TorchLayout]>([
    ['of a convolution', { view: [3, 3, 2, 5], order: [3, 2, 0, 1], shape: [5, 2, 3, 3] }],
    ['of a flattened image', flattenedLayout([4, 3, 2])],
    ['of features', flattenedLayout([7])],
    ['of a scalar', sameLayout([])],
    ['of an embedding', sameLayout([3, 4])],
    [
      'of a dense layer behind an image',
      { view: [2, 2, 3, 4], order: [3, 2, 0, 1], shape: [4, 12] },
    ],
  ])('%s comes back from PyTorch as it was', (_, layout) => {
    const length = layout.view.reduce((product, side) => product * side, 1);
    const ours = counted(length);
    const theirs = toTorch(ours, layout);
    expect([...theirs].toSorted((a, b) => a - b)).toEqual([...ours]);
    expect(fromTorch(theirs, layout)).toEqual(ours);
    expect(toTorch(fromTorch(ours, layout), layout)).toEqual(ours);
  });

  it('reorders only images', () => {
    expect(channelsFirst(3)).toEqual([2, 0, 1]);
    expect(channelsFirst(1)).toEqual([0]);
  });
});
