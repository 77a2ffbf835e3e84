import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems } from './accessibility';
import { withoutChromium } from './chromium';
import { makeColourRun } from './colourGrids';
import { themes } from './loadedPage';
import { usePages } from './pages';
import { SamplesTest } from './samplesTest';

const steps = [0, 100, 200];

describe.skipIf(withoutChromium)(`samples and scrubber${withoutChromium}`, () => {
  const pages = usePages('samplesPage');
  let runFolder: string;
  beforeAll(async () => {
    runFolder = await makeColourRun(steps);
  });
  afterAll(() => rm(runFolder, { recursive: true }));

  it.each(themes)('satisfy axe and the policy in the %s theme, in every state', async (theme) => {
    const test = await SamplesTest.open(pages, { runFolder, theme });
    await test.show(test.run([]));
    await test.page.getByText('The first grid comes').waitFor();
    expect(await accessibilityProblems(test.page, { heading: false })).toEqual([]);
    const other = test.run(steps, { key: '/runs/other', name: 'other', hasRealImages: false });
    await test.show(test.run(steps, { checkpoints: [100] }), other);
    await test.setCursor(100);
    await test.button('Second grid beside').click();
    await test.button('Training images beside').click();
    await test.expectGrid(100);
    await test.grid.focus();
    expect(await accessibilityProblems(test.page, { heading: false })).toEqual([]);
    await test.page.keyboard.press('Enter');
    await test.page.getByRole('listbox', { name: 'Sample 1 over the training' }).waitFor();
    expect(await accessibilityProblems(test.page, { heading: false })).toEqual([]);
  });

  it.each([300, 380, 900])('fit into a panel %i pixels wide', async (width) => {
    const test = await SamplesTest.open(pages, { runFolder, width });
    await test.show(test.run(steps), test.run(steps, { key: '/b', name: 'x'.repeat(80) }));
    await test.button('Second grid beside').click();
    await test.expectGrid(200);
    const scrollWidth = (): Promise<number> =>
      test.page.evaluate(() => document.documentElement.scrollWidth);
    expect(await scrollWidth()).toBe(width);
    await test.grid.focus();
    await test.page.keyboard.press('Enter');
    await test.page.getByRole('listbox', { name: 'Sample 1 over the training' }).waitFor();
    expect(await scrollWidth()).toBe(width);
  });

  it('are calm where motion is reduced: one grid a second, and the slider does not glide', async () => {
    // The last grid is never drawn.
    const complaints = /404/;
    const test = await SamplesTest.open(pages, { runFolder, reducedMotion: true, complaints });
    await test.prefer({ playInterval: 50 });
    await test.show(test.run(steps));
    await test.setCursor(0);
    await test.expectGrid(0);
    await test.tell(test.run([...steps, 300]));
    await expect.poll(() => test.slider.getAttribute('max')).toBe('3');
    const started = Date.now();
    await test.button('Play the grids').click();
    await expect.poll(() => test.cursor(), { timeout: 10_000 }).toBe(200);
    // Two grids take two seconds; at the interval chosen it would be a tenth of one.
    expect(Date.now() - started).toBeGreaterThan(1800);
  });
});
