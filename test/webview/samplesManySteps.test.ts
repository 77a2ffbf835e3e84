import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withoutChromium } from './chromium';
import { makeColourRun } from './colourGrids';
import { usePages } from './pages';
import { SamplesTest } from './samplesTest';

const steps = Array.from({ length: 5000 }, (_, i) => i * 10);
/** The grids that the test stops at; the others are asked for by nobody who sees them. */
const drawn = steps.filter((_, i) => i % 50 === 0 || i > 4900);

describe.skipIf(withoutChromium)(`samples of 5,000 steps${withoutChromium}`, () => {
  const pages = usePages('samplesPage');
  let runFolder: string;
  beforeAll(async () => {
    runFolder = await makeColourRun(drawn);
  });
  afterAll(() => rm(runFolder, { recursive: true }));

  it('are scrubbed through while only what can be seen is loaded', async () => {
    const test = await SamplesTest.open(pages, { runFolder, complaints: /404/ });
    const asked = new Set<string>();
    test.page.on('request', (request) => {
      if (request.url().includes('/samples/')) asked.add(request.url());
    });
    await test.show(test.run(steps, { checkpoints: steps.filter((_, i) => i % 3 === 0) }));
    await test.expectGrid(49_990);
    expect(asked.size).toBe(1);
    // Marks that could not be told apart are one.
    expect(await test.page.locator('.scrubber-mark').count()).toBeLessThanOrEqual(201);

    // Cursors from end to end in one go, as a fast drag gives them.
    const longest = await test.page.evaluate(async () => {
      const { view } = window as unknown as { view: { cursor: { value: number } } };
      let longest = 0;
      for (let i = 0; i < 250; i++) {
        const started = performance.now();
        view.cursor.value = i * 200;
        await new Promise((resolve) => requestAnimationFrame(resolve));
        longest = Math.max(longest, performance.now() - started);
      }
      view.cursor.value = 25_000;
      return longest;
    });
    console.log(`longest frame while scrubbing through 250 of 5,000 grids: ${longest} ms`);
    await test.expectGrid(25_000);
    await test.slider.focus();
    await test.page.keyboard.press('ArrowRight');
    expect(await test.cursor()).toBe(25_010);

    // The film of one image is loaded as far as it is seen.
    await test.setCursor(25_000);
    asked.clear();
    await test.grid.focus();
    await test.page.keyboard.press('Enter');
    const frames = test.page.getByRole('option');
    await frames.first().waitFor();
    expect(await frames.count()).toBeLessThanOrEqual(61);
    await test.page.locator('.samples-frame[aria-selected=true] canvas').waitFor();
    expect(asked.size).toBeLessThan(20);
  });

  it('leave a bounded number of pictures decoded', async () => {
    const test = await SamplesTest.open(pages, { runFolder });
    await test.show(test.run(steps));
    const closed = await test.page.evaluateHandle(() => {
      const count = { made: 0, closed: 0 };
      const make = window.createImageBitmap.bind(window);
      window.createImageBitmap = async (image: ImageBitmapSource) => {
        const bitmap = await make(image);
        count.made++;
        const close = bitmap.close.bind(bitmap);
        bitmap.close = () => {
          count.closed++;
          close();
        };
        return bitmap;
      };
      return count;
    });
    for (const step of drawn.slice(0, 60)) {
      await test.setCursor(step);
      await test.expectGrid(step);
    }
    const { made, closed: gone } = await closed.jsonValue();
    expect(made).toBeGreaterThanOrEqual(60);
    expect(made - gone).toBeLessThanOrEqual(40);
  });
});
