import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withoutChromium } from './chromium';
import {
  addGrid,
  colourGrid,
  colourOf,
  gridName,
  GRID_COUNT,
  makeColourRun,
  STRIPE,
} from './colourGrids';
import { usePages } from './pages';
import { colourAt, SamplesTest } from './samplesTest';

const steps = [0, 100, 200];
/** What a browser says of a file that is not there. */
const missing = /404/;

describe.skipIf(withoutChromium)(`a sample grid${withoutChromium}`, () => {
  let runFolder: string;
  // Before the pages, because what is to be done after a test is done in the opposite order.
  afterEach(() => rm(runFolder, { recursive: true }));
  const pages = usePages('samplesPage');
  let test: SamplesTest;
  beforeEach(async () => {
    runFolder = await makeColourRun(steps, true);
    test = await SamplesTest.open(pages, { runFolder, complaints: missing });
  });

  const zoomTo = async (label: string): Promise<void> => {
    await test.page.getByRole('combobox', { name: 'Zoom' }).click();
    await test.page.getByRole('option', { name: label, exact: true }).click();
  };
  const gridWidth = async (): Promise<number> => (await test.grid.boundingBox())?.width ?? 0;

  it('fits into the width that there is', async () => {
    await test.show(test.run(steps));
    await test.grid.waitFor();
    await expect.poll(gridWidth).toBe(420);
    await test.page.setViewportSize({ width: 300, height: 700 });
    await expect.poll(gridWidth).toBe(300);
    expect(await test.page.evaluate(() => document.documentElement.scrollWidth)).toBe(300);
    test.expectNoComplaints();
  });

  it.each(['1×', '2×', '4×', '8×'])('shows whole crisp pixels at %s', async (label) => {
    const scale = parseInt(label);
    await test.show(test.run(steps));
    await test.grid.waitFor();
    await zoomTo(label);
    await expect.poll(gridWidth).toBe(70 * scale);
    const box = test.page.locator('.samples-box');
    await box.evaluate((element) => element.scrollTo(0, 0));
    const png = await test.picture(box);
    const [stripe, colour] = [STRIPE, colourOf(200, 0)];
    // The first image begins after the gutter; every pixel covers `scale` pixels of the screen.
    const row = Array.from({ length: 16 * scale }, (_, x) => {
      return colourAt(png, 2 * scale + x, 20 * scale);
    });
    const expected = row.map((_, x) => (Math.floor(x / scale) % 2 === 1 ? stripe : colour));
    expect(row).toEqual(expected);
    test.expectNoComplaints();
  });

  it('zooms by keys and by Ctrl and the wheel, around the pointer', async () => {
    await test.show(test.run(steps));
    await zoomTo('2×');
    await expect.poll(gridWidth).toBe(140);
    await test.grid.focus();
    await test.page.keyboard.press('+');
    await expect.poll(gridWidth).toBe(210);
    await test.page.keyboard.press('-');
    await test.page.keyboard.press('0');
    await expect.poll(gridWidth).toBe(420);
    const box = await test.page.locator('.samples-box').boundingBox();
    if (!box) throw new Error('There is no box.');
    const at = { x: box.x + box.width * 0.75, y: box.y + box.height * 0.25 };
    await test.page.mouse.move(at.x, at.y);
    const share = async (): Promise<{ x: number; y: number }> => {
      const grid = await test.grid.boundingBox();
      if (!grid) throw new Error('There is no grid.');
      return { x: (at.x - grid.x) / grid.width, y: (at.y - grid.y) / grid.height };
    };
    const before = await share();
    await test.page.keyboard.down('Control');
    await test.page.mouse.wheel(0, -120);
    await test.page.keyboard.up('Control');
    await expect.poll(gridWidth).toBe(560);
    const after = await share();
    // Scrolling moves by whole pixels of 560.
    expect(after.x).toBeCloseTo(before.x, 2);
    expect(after.y).toBeCloseTo(before.y, 2);
    test.expectNoComplaints();
  });

  it('is dragged where it is larger than its box, which enlarges nothing', async () => {
    await test.show(test.run(steps));
    await zoomTo('8×');
    await expect.poll(gridWidth).toBe(560);
    const box = test.page.locator('.samples-box');
    const before = await box.evaluate((element) => element.scrollLeft);
    const place = await box.boundingBox();
    if (!place) throw new Error('There is no box.');
    await test.page.mouse.move(place.x + 200, place.y + 100);
    await test.page.mouse.down();
    await test.page.mouse.move(place.x + 150, place.y + 100, { steps: 5 });
    await test.page.mouse.up();
    expect(await box.evaluate((element) => element.scrollLeft)).toBe(before + 50);
    await test.grid.waitFor();
  });

  it('marks the image under the pointer and says which it is', async () => {
    await test.show(test.run(steps));
    const place = await test.grid.boundingBox();
    if (!place) throw new Error('There is no grid.');
    await test.page.mouse.move(place.x + place.width * 0.75, place.y + place.height * 0.25);
    await test.page.getByText('sample 2', { exact: true }).waitFor();
    const cell = test.page.getByRole('gridcell', { name: 'Sample 2 of 4' });
    const cellPlace = await cell.boundingBox();
    expect(cellPlace?.x).toBeCloseTo(place.x + (36 / 70) * place.width, 0);
    await test.page.mouse.move(place.x, place.y - 30);
    await test.page.getByText('sample 2', { exact: true }).waitFor({ state: 'detached' });
  });

  it('is walked by arrow keys; Enter enlarges an image and Escape leads back to it', async () => {
    await test.show(test.run(steps));
    await test.grid.focus();
    await test.page.keyboard.press('ArrowRight');
    await test.page.keyboard.press('ArrowDown');
    const active = test.page.getByRole('gridcell', { name: 'Sample 4 of 4' });
    await active.waitFor();
    expect(await test.grid.getAttribute('aria-activedescendant')).toBe(
      await active.getAttribute('id'),
    );
    await test.page.keyboard.press('Enter');
    await test.page.getByRole('img', { name: 'Sample 4 of faces at step 200' }).waitFor();
    await test.page.keyboard.press('ArrowLeft');
    await test.page.getByRole('img', { name: 'Sample 3 of faces at step 200' }).waitFor();
    await test.page.keyboard.press('Escape');
    await test.page.getByRole('gridcell', { name: 'Sample 3 of 4' }).waitFor();
    expect(await test.grid.evaluate((grid) => grid === document.activeElement)).toBe(true);
    test.expectNoComplaints();
  });

  it('shows an image at eight times its size and over the training', async () => {
    await test.show(test.run(steps));
    const place = await test.grid.boundingBox();
    if (!place) throw new Error('There is no grid.');
    await test.page.mouse.click(place.x + place.width * 0.25, place.y + place.height * 0.75);
    const canvas = test.page.getByRole('img', { name: 'Sample 3 of faces at step 200' });
    const png = await test.picture(canvas);
    const scale = png.width / 32;
    expect(Number.isInteger(scale) && scale >= 8).toBe(true);
    const row = Array.from({ length: png.width }, (_, x) => colourAt(png, x, 10));
    const expected = row.map((_, x) =>
      Math.floor(x / scale) % 2 === 1 ? STRIPE : colourOf(200, 2),
    );
    expect(row).toEqual(expected);

    const film = test.page.getByRole('listbox', { name: 'Sample 3 over the training' });
    const frames = film.getByRole('option');
    expect(await frames.count()).toBe(3);
    const first = await test.picture(frames.first().locator('canvas'));
    expect(colourAt(first, 0, 0)).toEqual(colourOf(0, 2));
    await frames.first().click();
    expect(await test.cursor()).toBe(0);
    await test.page.getByRole('img', { name: 'Sample 3 of faces at step 0' }).waitFor();
    await test.page.keyboard.press('ArrowRight');
    await expect.poll(() => test.cursor()).toBe(100);
    test.expectNoComplaints();
  });

  it('decodes one grid once, however many images of it are looked at', async () => {
    const asked: string[] = [];
    test.page.on('request', (request) => {
      if (request.url().includes('.png')) asked.push(new URL(request.url()).pathname);
    });
    await test.show(test.run(steps));
    await test.grid.focus();
    await test.page.keyboard.press('Enter');
    for (let cell = 1; cell < GRID_COUNT; cell++) {
      await test.page.keyboard.press('ArrowRight');
      const name = `Sample ${cell + 1} of faces at step 200`;
      if (cell !== 2) await test.page.getByRole('img', { name }).waitFor();
    }
    expect(new Set(asked).size).toBe(asked.length);
    expect(asked).toContain(`/run/${gridName(200)}`);
  });

  it('says which file is missing, and shows it as soon as it is there', async () => {
    await test.show(test.run([...steps, 300]));
    await test.page.getByText('samples/step-000300.png is missing or damaged').waitFor();
    expect(await test.page.locator('img').count()).toBe(0);
    await addGrid(runFolder, 300);
    await test.button('Try Again').click();
    await test.expectGrid(300);
  });

  it('shows half a file once the other half has come, without being asked', async () => {
    const whole = colourGrid(300);
    await writeFile(path.join(runFolder, gridName(300)), whole.subarray(0, whole.length / 2));
    await test.show(test.run([...steps, 300]));
    await test.page.getByText('samples/step-000300.png is missing or damaged').waitFor();
    await addGrid(runFolder, 300);
    await test.expectGrid(300);
    test.expectNoComplaints();
  });

  it('shows the grid anew that a resumed run has drawn again', async () => {
    await test.show(test.run(steps));
    await test.expectGrid(200);
    const resumed = test.run(steps);
    const progressed = (step: number): typeof resumed => ({
      ...resumed,
      identity: { ...resumed.identity, progress: { ...resumed.identity.progress, step } },
    });
    await test.tell(progressed(100));
    await test.expectGrid(200);
    await writeFile(path.join(runFolder, gridName(200)), colourGrid(150, false));
    await test.tell(progressed(200));
    await test.expectGrid(150);
  });

  it('comes at a step that is told while there is none, or now', async () => {
    const run = test.run([]);
    const progress = { ...run.identity.progress, step: 112 };
    await test.show({ ...run, identity: { ...run.identity, progress } });
    await test.page.getByText('The first grid comes at step 200.').waitFor();
    await test.button('Draw Samples Now').click();
    expect(await test.loaded.heard('action')).toEqual({
      type: 'action',
      key: run.key,
      action: 'sample',
    });
    const { config } = run;
    if (!config) throw new Error('The run has a config.');
    await test.tell({ ...run, config: { ...config, samples: { every: 0, count: 4 } } });
    await test.page.getByText('Sampling is off').waitFor();
    await test.tell({ ...run, status: 'stopped', actions: ['resume'] });
    await test.page.getByText('This run ended before it drew a sample grid.').waitFor();
    expect(await test.button('Draw Samples Now').count()).toBe(0);
  });

  it('of a run whose config cannot be read is shown as one picture', async () => {
    const { config: _config, ...run } = test.run(steps);
    await test.show(run);
    await test.page.getByRole('grid', { name: '1 images' }).waitFor();
    test.expectNoComplaints();
  });
});
