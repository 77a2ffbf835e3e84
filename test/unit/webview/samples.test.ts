import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../../../src/gan/presets';
import type { TrainConfig } from '../../../src/shared/config';
import { lastAtOrBefore } from '../../../webview/figures/ascending';
import { cellForKey } from '../../../webview/dashboard/samples/cellKeys';
import { gridOfPicture } from '../../../webview/dashboard/samples/gridOfPicture';
import {
  gridForCursor,
  placeOfStep,
  spreadOverTraining,
} from '../../../webview/dashboard/samples/gridSteps';
import { whyOtherLatents } from '../../../webview/dashboard/samples/sameLatents';
import { backingScale, nextZoom } from '../../../webview/dashboard/samples/zoom';

const config = resolveConfig({ name: 'a', preset: 'C', data: { source: '/a' } });

describe('the grid for a step', () => {
  const steps = [0, 100, 200, 450];

  it.each([
    [-1, -1],
    [0, 0],
    [99, 0],
    [100, 1],
    [449, 2],
    [450, 3],
    [9999, 3],
  ])('%i is the last one at or before it: %i', (step, index) => {
    expect(lastAtOrBefore(steps, step)).toBe(index);
  });

  it('is the newest where there is no cursor, the first before all, and none of none', () => {
    expect(gridForCursor(steps, null)).toBe(3);
    expect(gridForCursor([10, 20], 5)).toBe(0);
    expect(gridForCursor([], null)).toBe(-1);
    expect(gridForCursor([], 5)).toBe(-1);
  });

  it('has a place between its neighbours', () => {
    expect(placeOfStep(steps, 150)).toBe(1.5);
    expect(placeOfStep(steps, 200)).toBe(2);
    expect(placeOfStep(steps, 5000)).toBe(3);
    expect(placeOfStep([10], 5)).toBe(0);
  });
});

describe('grids spread over a training', () => {
  it('are all of a few', () => {
    expect(spreadOverTraining(4, 10)).toEqual([0, 1, 2, 3]);
    expect(spreadOverTraining(0, 10)).toEqual([]);
  });

  it.each([61, 100, 999, 5000, 123_456])('of %i are few, even and end with the newest', (count) => {
    const chosen = spreadOverTraining(count, 60);
    expect(chosen.length).toBeLessThanOrEqual(61);
    expect(chosen.length).toBeGreaterThan(20);
    expect(chosen[0]).toBe(0);
    expect(chosen.at(-1)).toBe(count - 1);
    const gaps = new Set(chosen.slice(1, -1).map((index, i) => index - chosen[i]));
    expect(gaps.size).toBe(1);
  });

  it('stay where they were while the run grows', () => {
    const before = spreadOverTraining(110, 60).slice(0, -1);
    expect(spreadOverTraining(119, 60).slice(0, before.length)).toEqual(before);
  });
});

describe('keys in a grid of 7 images in 3 columns', () => {
  const layout = { columns: 3, count: 7 };
  const press = (key: string, cell: number, ctrlKey = false): number | undefined =>
    cellForKey({ key, ctrlKey, metaKey: false }, cell, layout);

  it('move by one image and stop at the edges', () => {
    expect(press('ArrowRight', 2)).toBe(3);
    expect(press('ArrowRight', 6)).toBe(6);
    expect(press('ArrowLeft', 0)).toBe(0);
    expect(press('ArrowDown', 3)).toBe(6);
    expect(press('ArrowDown', 4)).toBe(4);
    expect(press('ArrowUp', 6)).toBe(3);
    expect(press('ArrowUp', 1)).toBe(1);
  });

  it('lead to the ends of a row, and with Ctrl to those of the grid', () => {
    expect(press('Home', 5)).toBe(3);
    expect(press('End', 3)).toBe(5);
    expect(press('End', 6)).toBe(6);
    expect(press('Home', 5, true)).toBe(0);
    expect(press('End', 0, true)).toBe(6);
    expect(press('x', 0)).toBeUndefined();
  });
});

describe('the layout of a picture', () => {
  it('follows the picture where the config asks for another number of columns', () => {
    const layout = gridOfPicture({ width: 3 * 34 + 2, height: 2 * 34 + 2 }, config);
    expect(layout).toMatchObject({ columns: 3, rows: 2, count: 6, cellWidth: 32 });
  });

  it.each([
    ['does not fit the config', { width: 100, height: 100 }, config],
    ['has no config', { width: 104, height: 70 }, undefined],
  ])('that %s is one image', (_why, picture, given) => {
    expect(gridOfPicture(picture, given)).toMatchObject({ count: 1, ...picture });
  });
});

describe('zooming', () => {
  it('passes the levels, of which fitting is one', () => {
    expect(nextZoom(0, 1.7, 1)).toBe(2);
    expect(nextZoom(2, 1.7, 1)).toBe(3);
    expect(nextZoom(8, 1.7, 1)).toBe(8);
    expect(nextZoom(4, 1.7, -1)).toBe(3);
    expect(nextZoom(2, 1.7, -1)).toBe(0);
    expect(nextZoom(0, 0.4, 1)).toBe(1);
    expect(nextZoom(1, 0.4, -1)).toBe(0);
  });

  it('enlarges on the canvas only where pixels of the screen would be shared', () => {
    expect(backingScale(0.5, 100, 100)).toBe(1);
    expect(backingScale(3, 100, 100)).toBe(1);
    expect(backingScale(2.5, 100, 100)).toBe(3);
    // A canvas of 36 million pixels is worth no evenness.
    expect(backingScale(2.5, 2000, 2000)).toBe(1);
  });
});

describe('images at one place in two grids', () => {
  it('come from one latent where all that latents depend on agrees', () => {
    const other: TrainConfig = { ...config, nDis: 9, steps: 7, name: 'b' };
    expect(whyOtherLatents(config, other)).toBeUndefined();
  });

  it('do not where seed or architecture differ, which is said', () => {
    const network = { ...config.network, architecture: 'resnet' as const };
    expect(whyOtherLatents(config, { ...config, seed: 5, network })).toBe(
      `Not the same latents: seed ${config.seed} and 5, architecture ${config.network.architecture} and resnet.`,
    );
  });
});
