import { rm } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withoutChromium } from './chromium';
import { addGrid, makeColourRun } from './colourGrids';
import { usePages } from './pages';
import { SamplesTest } from './samplesTest';

const steps = [0, 100, 200, 300, 450, 500];

describe.skipIf(withoutChromium)(`the scrubber${withoutChromium}`, () => {
  let runFolder: string;
  // Before the pages, because what is to be done after a test is done in the opposite order.
  afterEach(() => rm(runFolder, { recursive: true }));
  const pages = usePages('samplesPage');
  let test: SamplesTest;
  beforeEach(async () => {
    runFolder = await makeColourRun(steps);
    test = await SamplesTest.open(pages, { runFolder });
  });

  it('shows the newest grid at first, and those that come while it follows', async () => {
    await test.show(test.run(steps));
    await test.expectGrid(500);
    await addGrid(runFolder, 600);
    await test.tell(test.run([...steps, 600]));
    await test.expectGrid(600);
    expect(await test.cursor()).toBeNull();
    expect(await test.slider.getAttribute('aria-valuetext')).toContain('grid 7 of 7');
  });

  it('says in words where it is', async () => {
    await test.show(test.run(steps));
    await test.setCursor(300);
    await expect
      .poll(() => test.slider.getAttribute('aria-valuetext'))
      .toBe('step 300 of 20,000, grid 4 of 6');
    await test.page.getByText('Step 300 / 20,000').waitFor();
  });

  it('moves grid and cursor when it is dragged', async () => {
    await test.show(test.run(steps));
    await test.expectGrid(500);
    const box = await test.slider.boundingBox();
    if (!box) throw new Error('The slider is not seen.');
    const y = box.y + box.height / 2;
    await test.page.mouse.move(box.x + box.width - 7, y);
    await test.page.mouse.down();
    // The third of six grids lies at two fifths of the way of the thumb.
    await test.page.mouse.move(box.x + 7 + (box.width - 14) * 0.4, y, { steps: 4 });
    await test.page.mouse.up();
    await test.expectGrid(200);
    expect(await test.cursor()).toBe(200);
  });

  it('goes by arrow keys, Page keys, Home and End, and stays within the grids', async () => {
    await test.show(test.run(steps));
    await test.slider.focus();
    const press = async (key: string): Promise<number | null> => {
      await test.page.keyboard.press(key);
      return test.cursor();
    };
    expect(await press('ArrowLeft')).toBe(450);
    expect(await press('ArrowDown')).toBe(300);
    expect(await press('ArrowRight')).toBe(450);
    expect(await press('ArrowUp')).toBe(500);
    expect(await press('ArrowRight')).toBe(500);
    expect(await press('Home')).toBe(0);
    expect(await press('ArrowLeft')).toBe(0);
    expect(await press('PageUp')).toBe(500);
    expect(await press('PageDown')).toBe(0);
    expect(await press('End')).toBe(500);
    await test.expectGrid(500);
  });

  it('has buttons for the first, previous, next and last grid', async () => {
    await test.show(test.run(steps));
    await test.button('First grid').click();
    await test.expectGrid(0);
    await test.button('Next grid').click();
    await test.expectGrid(100);
    await test.button('Last grid').click();
    await test.button('Previous grid').click();
    await test.expectGrid(450);
    expect(await test.cursor()).toBe(450);
  });

  it('shows the last grid at or before the step that a chart sets', async () => {
    await test.show(test.run(steps));
    await test.setCursor(449);
    await test.expectGrid(300);
    await test.page.getByText('grid 4 of 6, cursor at 449').waitFor();
    await test.setCursor(450);
    await test.expectGrid(450);
    await test.setCursor(19_000);
    await test.expectGrid(500);
    await test.setCursor(null);
    await test.page.getByText('grid 6 of 6', { exact: true }).waitFor();
  });

  it('jumps nowhere when grids come while it does not follow', async () => {
    await test.show(test.run(steps));
    await test.setCursor(200);
    await test.expectGrid(200);
    await addGrid(runFolder, 600);
    await test.tell(test.run([...steps, 600]));
    await expect.poll(() => test.slider.getAttribute('max')).toBe('6');
    expect(await test.slider.inputValue()).toBe('2');
    expect(await test.cursor()).toBe(200);
    await test.expectGrid(200);
    await test.button('Follow the newest grid').click();
    await test.expectGrid(600);
    // Not to follow is to stay.
    await test.button('Follow the newest grid').click();
    expect(await test.cursor()).toBe(600);
  });

  it('grows smoothly when a grid comes', async () => {
    await test.show(test.run(steps));
    await test.setCursor(200);
    await expect.poll(() => test.slider.getAttribute('max')).toBe('5');
    const seen = await test.page.evaluateHandle(() => {
      const slider = document.querySelector('.scrubber input');
      const values: number[] = [];
      new MutationObserver(() => values.push(Number(slider?.getAttribute('max')))).observe(
        slider as Node,
        { attributeFilter: ['max'] },
      );
      return values;
    });
    await addGrid(runFolder, 600);
    await test.tell(test.run([...steps, 600]));
    await expect.poll(() => test.slider.getAttribute('max')).toBe('6');
    const values = await seen.jsonValue();
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(values.some((value) => value > 5 && value < 6)).toBe(true);
  });

  it('plays every grid in turn to the end and then again from the first', async () => {
    await test.prefer({ playInterval: 60 });
    await test.show(test.run(steps));
    await test.expectGrid(500);
    const shown = await test.page.evaluateHandle(() => {
      const cursors: (number | null)[] = [];
      const { view } = window as unknown as {
        view: { cursor: { subscribe(told: (value: number | null) => void): void } };
      };
      view.cursor.subscribe((value) => cursors.push(value));
      return cursors;
    });
    await test.button('Play the grids').click();
    await expect.poll(() => shown.jsonValue()).toEqual([null, ...steps]);
    await test.button('Play the grids').waitFor();
    await test.expectGrid(500);
  });

  it('plays and stops by Space, and stops when the cursor is moved', async () => {
    await test.prefer({ playInterval: 3000 });
    await test.show(test.run(steps));
    await test.slider.focus();
    await test.page.keyboard.press('Space');
    await test.button('Stop playing').waitFor();
    await test.page.keyboard.press('Space');
    await test.button('Play the grids').waitFor();
    await test.page.keyboard.press('Space');
    await test.button('Stop playing').waitFor();
    await test.page.keyboard.press('End');
    await test.button('Play the grids').waitFor();
    expect(await test.cursor()).toBe(500);
  });

  it('never shows a grid of the play before it is decoded, nor nothing', async () => {
    await test.prefer({ playInterval: 50 });
    await test.show(test.run(steps));
    await test.setCursor(0);
    await test.expectGrid(0);
    // Looks at the middle of the first image in every frame.
    const colours = await test.page.evaluateHandle(() => {
      const seen: string[] = [];
      const look = (): void => {
        const canvas = document.querySelector<HTMLCanvasElement>('.samples-grid canvas');
        const at = Math.round((canvas?.width ?? 0) * 0.26);
        const pixel = canvas?.getContext('2d')?.getImageData(at, at, 1, 1).data;
        const colour = pixel ? [...pixel].join() : 'nothing';
        if (seen.at(-1) !== colour) seen.push(colour);
        requestAnimationFrame(look);
      };
      look();
      return seen;
    });
    await test.button('Play the grids').click();
    await test.button('Play the grids').waitFor();
    await test.expectGrid(500);
    const red = (await colours.jsonValue()).map((colour) => colour.split(',')[0]);
    const redOf = (step: number): string => String(20 + (step % 200));
    expect(red.filter((value, i) => value !== red[i - 1]).every((r) => r !== 'nothing')).toBe(true);
    expect(new Set(red)).toEqual(new Set(steps.map(redOf)));
  });

  it('marks the checkpoints and keeps speeds that were chosen', async () => {
    await test.show(test.run(steps, { checkpoints: [100, 500] }));
    const marks = test.page.locator('.scrubber-mark');
    await expect.poll(() => marks.count()).toBe(2);
    const lefts = await marks.evaluateAll((all) =>
      all.map((mark) => parseFloat((mark as HTMLElement).style.left)),
    );
    expect(lefts[0]).toBeCloseTo(20, 1);
    expect(lefts[1]).toBeCloseTo(100, 1);
    await test.page.getByRole('combobox', { name: 'Speed of playing' }).click();
    await test.page.getByRole('option', { name: '20 / s' }).click();
    const interval = (): Promise<unknown> =>
      test.page.evaluate(
        () =>
          (window as unknown as { view: { preferences: { value: { playInterval: number } } } }).view
            .preferences.value.playInterval,
      );
    await expect.poll(interval).toBe(50);
  });

  it('announces the grid once the cursor rests', async () => {
    await test.show(test.run(steps));
    await test.expectGrid(500);
    for (const step of [0, 100, 200]) await test.setCursor(step);
    await test.page.getByText('Samples of step 200, grid 3 of 6').waitFor({ state: 'attached' });
    const regions = await test.page.getByRole('status').allTextContents();
    expect(regions.join()).not.toContain('step 100');
  });

  it('of a run with one grid has nowhere to go', async () => {
    await test.show(test.run([0]));
    await test.expectGrid(0);
    expect(await test.slider.isDisabled()).toBe(true);
    expect(
      await test.page
        .locator('vscode-button[aria-label="Play the grids"]')
        .getAttribute('disabled'),
    ).not.toBeNull();
  });
});
