import { rm } from 'node:fs/promises';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunView } from '../../src/shared/dashboard';
import { withoutChromium } from './chromium';
import { colourOf, makeColourRun } from './colourGrids';
import { usePages } from './pages';
import { colourAt, SamplesTest } from './samplesTest';

const steps = [0, 100, 200, 300];
const otherSteps = [10, 110, 210];

describe.skipIf(withoutChromium)(`two sample grids${withoutChromium}`, () => {
  const pages = usePages('samplesPage');
  let runFolder: string;
  let otherFolder: string;
  let test: SamplesTest;
  let second: Locator;
  beforeAll(async () => {
    runFolder = await makeColourRun(steps);
    otherFolder = await makeColourRun(otherSteps);
  });
  beforeEach(async () => {
    const folders = { other: otherFolder };
    test = await SamplesTest.open(pages, { runFolder, folders, width: 700 });
    second = test.page.getByRole('grid').nth(1);
  });
  afterAll(async () => {
    for (const folder of [runFolder, otherFolder]) await rm(folder, { recursive: true });
  });

  const otherRun = (change: Partial<RunView> = {}): RunView =>
    test.run(otherSteps, {
      key: '/runs/other',
      name: 'other',
      baseUri: `${test.loaded.origin}/other`,
      ...change,
    });
  const beside = (): Promise<void> => test.button('Second grid beside').click();

  it('of one run: the second stays at its step while the first is scrubbed', async () => {
    await test.show(test.run(steps));
    await test.expectGrid(300);
    await beside();
    await test.expectGrid(300, second);
    await test.slider.focus();
    await test.page.keyboard.press('Home');
    await test.expectGrid(0);
    await test.expectGrid(300, second);
    await test.page.getByRole('slider', { name: 'Step of the second grid' }).focus();
    await test.page.keyboard.press('ArrowLeft');
    await test.expectGrid(200, second);
    expect(await test.cursor()).toBe(0);
  });

  it('of two runs: the second shows the last grid at or before the same step', async () => {
    await test.show(test.run(steps), otherRun());
    await beside();
    await test.expectGrid(210, second);
    await test.setCursor(200);
    await test.expectGrid(110, second);
    await test.setCursor(0);
    // It has none so early.
    await test.expectGrid(10, second);
  });

  it('can be swapped, and either run can be chosen', async () => {
    await test.show(test.run(steps), otherRun());
    await beside();
    await test.expectGrid(210, second);
    await test.button('Swap the grids').click();
    await test.expectGrid(210);
    await test.expectGrid(200, second);
    await test.page.getByRole('combobox', { name: 'Run of the second grid' }).click();
    await test.page.getByRole('option', { name: 'other', exact: true }).click();
    await test.expectGrid(210, second);
    await test.page.getByRole('combobox', { name: 'Run whose samples are shown' }).click();
    await test.page.getByRole('option', { name: 'faces', exact: true }).click();
    await test.expectGrid(300);
  });

  it('says when images at one place do not come from one latent, and why', async () => {
    const run = test.run(steps);
    const { config } = run;
    if (!config) throw new Error('The run has a config.');
    await test.show(run, otherRun());
    await beside();
    await test.expectGrid(210, second);
    expect(await test.page.getByText('Not the same latents').count()).toBe(0);
    const network = { ...config.network, latentDim: 64 };
    await test.tell(otherRun({ config: { ...config, seed: 12, network } }));
    await test.page
      .getByText(`Not the same latents: seed ${config.seed} and 12, latent dimension 128 and 64.`)
      .waitFor();
    const { config: _none, ...unknown } = otherRun();
    await test.tell(unknown);
    await test.page.getByText('Whether both come from the same latents is not known.').waitFor();
  });

  it('move, zoom and mark together', async () => {
    await test.show(test.run(steps), otherRun());
    await beside();
    await test.expectGrid(210, second);
    const place = await second.boundingBox();
    if (!place) throw new Error('There is no second grid.');
    await test.page.mouse.move(place.x + place.width * 0.75, place.y + place.height * 0.75);
    expect(await test.page.getByRole('gridcell', { name: 'Sample 4 of 4' }).count()).toBe(2);
    await test.page.getByRole('combobox', { name: 'Zoom' }).click();
    await test.page.getByRole('option', { name: '8×' }).click();
    const boxes = test.page.locator('.samples-box');
    await boxes.nth(1).evaluate((box) => box.scrollTo(150, 20));
    const scrolled = (): Promise<number[]> =>
      boxes.evaluateAll((all) => all.flatMap((box) => [box.scrollLeft, box.scrollTop]));
    await expect.poll(scrolled).toEqual([150, 20, 150, 20]);
    await boxes.first().evaluate((box) => box.scrollTo(30, 40));
    await expect.poll(scrolled).toEqual([30, 40, 30, 40]);
  });

  it('enlarge the same image of both', async () => {
    await test.show(test.run(steps), otherRun());
    await beside();
    await test.expectGrid(210, second);
    await second.focus();
    await test.page.keyboard.press('Home');
    await test.page.keyboard.press('ArrowRight');
    await test.page.keyboard.press('Enter');
    for (const [name, step] of [
      ['faces', 300],
      ['other', 210],
    ] as const) {
      const image = test.page.getByRole('img', { name: `Sample 2 of ${name} at step ${step}` });
      expect(colourAt(await test.picture(image), 9, 9)).toEqual(colourOf(step, 1));
    }
  });

  it('survive that the second run is taken away', async () => {
    await test.show(test.run(steps), otherRun());
    await beside();
    await test.expectGrid(210, second);
    await test.loaded.tell({ type: 'keys', keys: [test.run(steps).key] });
    await expect.poll(() => test.page.getByRole('grid').count()).toBe(1);
    await test.expectGrid(300);
  });

  it('may be joined by training images, or by the reason why there are none', async () => {
    await test.show(test.run(steps));
    await test.button('Training images beside').click();
    const real = test.page.getByRole('img', { name: 'Training images of faces' });
    await real.waitFor();
    const png = await test.picture(real);
    const at = Math.round(png.width * 0.26);
    await expect
      .poll(async () => colourAt(await test.picture(real), at, at))
      .toEqual(colourOf(7, 0));
    await test.tell(test.run(steps, { hasRealImages: false }));
    await test.page.getByText('This run has no picture of its training images').waitFor();
  });
});
