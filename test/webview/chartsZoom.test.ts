import { expect, it } from 'vitest';
import { inventedRows } from './invention';
import { describeCharts, type ChartsTest } from './chartsTest';

/** What the name of a chart says of its range. */
async function rangeOf(test: ChartsTest, name: string): Promise<string> {
  const label = (await test.plot(name).getAttribute('aria-label')) ?? '';
  return /step [\d,]+ to step [\d,]+/.exec(label)?.[0] ?? label;
}

async function zoomOf(test: ChartsTest): Promise<{ min: number; max: number }> {
  const zoom = await test.view('zoom');
  if (!zoom) throw new Error('Nothing is zoomed.');
  return zoom;
}

describeCharts('zooming', (open) => {
  it('into a box shows the same steps in all charts', async () => {
    const test = await open();
    await test.showOne();
    await test.drag('loss', [0.25, 0.5], [0.75, 0.5]);
    const zoom = await zoomOf(test);
    // A pixel of these charts is about five steps.
    expect(Math.abs(zoom.min - 507.5)).toBeLessThan(15);
    expect(Math.abs(zoom.max - 1502.5)).toBeLessThan(15);
    expect(await test.view('yZoom')).toEqual({});
    const range = `step ${Math.round(zoom.min)} to step ${Math.round(zoom.max).toLocaleString('en')}`;
    for (const name of ['loss', 'score', 'sigma']) {
      await expect.poll(() => rangeOf(test, name)).toBe(range);
    }
  });

  it('into a box with a height zooms the values of that chart only', async () => {
    const test = await open();
    await test.showOne();
    await test.drag('loss', [0.2, 0.2], [0.6, 0.6]);
    expect(Object.keys(await test.view('yZoom'))).toEqual(['loss']);
  });

  it('does not set the cursor', async () => {
    const test = await open();
    await test.showOne();
    await test.drag('loss', [0.2, 0.2], [0.6, 0.6]);
    expect(await test.view('cursor')).toBeNull();
    await test.over('loss').dblclick();
    expect(await test.view('zoom')).toBeNull();
    expect(await test.view('yZoom')).toEqual({});
    expect(await test.view('cursor')).toBeNull();
  });

  it('with the wheel holds what is under the pointer', async () => {
    const test = await open();
    await test.showOne();
    await test.hover('loss', 0.25);
    const before = await test.view('hover');
    await test.page.keyboard.down('Alt');
    await test.page.mouse.wheel(0, -300);
    await test.page.keyboard.up('Alt');
    await expect.poll(() => test.view('zoom')).not.toBeNull();
    const zoom = await zoomOf(test);
    expect(zoom.max - zoom.min).toBeLessThan(1500);
    const held = zoom.min + 0.25 * (zoom.max - zoom.min);
    expect(Math.abs(held - (before ?? 0))).toBeLessThan(15);
  });

  it('with the wheel alone is for the chart in focus; over others the page scrolls', async () => {
    const test = await open({ height: 500 });
    await test.showOne();
    await test.hover('loss', 0.5);
    await test.page.mouse.wheel(0, 60);
    const page = test.page.locator('.charts-page');
    await expect.poll(() => page.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(0);
    expect(await test.view('zoom')).toBeNull();
    await test.page.getByText('Alt and the wheel zoom').waitFor();
    await test.over('loss').click();
    await test.page.mouse.wheel(0, -200);
    await expect.poll(() => test.view('zoom')).not.toBeNull();
  });

  it.each(['shift', 'middle'])('is moved by a drag (%s), as far as the run goes', async (way) => {
    const test = await open();
    await test.showOne();
    await test.setView('zoom', { min: 500, max: 1000 });
    if (way === 'shift') await test.page.keyboard.down('Shift');
    await test.drag('loss', [0.2, 0.5], [0.6, 0.5], way === 'shift' ? 'left' : 'middle');
    const moved = await zoomOf(test);
    expect(Math.abs(moved.min - 300)).toBeLessThan(6);
    expect(moved.max - moved.min).toBeCloseTo(500, 3);
    await test.drag('loss', [0.01, 0.5], [0.99, 0.5], way === 'shift' ? 'left' : 'middle');
    await test.page.keyboard.up('Shift');
    expect((await zoomOf(test)).min).toBeCloseTo(10, 3);
  });

  it('stays where it is while rows arrive; the whole run grows', async () => {
    const test = await open();
    await test.showOne();
    const chunk = inventedRows('/runs/faces', { from: 200, rows: 200 });
    await test.setView('zoom', { min: 500, max: 1000 });
    await expect.poll(() => rangeOf(test, 'loss')).toBe('step 500 to step 1,000');
    const before = await test.card('loss').locator('.u-wrap > canvas').screenshot();
    await test.loaded.tell(chunk);
    await test.page.waitForTimeout(200);
    expect(await rangeOf(test, 'loss')).toBe('step 500 to step 1,000');
    const after = await test.card('loss').locator('.u-wrap > canvas').screenshot();
    expect(after.equals(before)).toBe(true);
    await test.setView('zoom', null);
    await expect.poll(() => rangeOf(test, 'loss')).toBe('step 10 to step 4,000');
  });

  it('follows the keyboard: plus, minus and 0', async () => {
    const test = await open();
    await test.showOne();
    await test.setView('cursor', 500);
    await test.plot('loss').press('+');
    const zoom = await zoomOf(test);
    expect(zoom.max - zoom.min).toBeCloseTo(1990 / 1.5, 3);
    // What the cursor is at stays where it was.
    expect((500 - zoom.min) / (zoom.max - zoom.min)).toBeCloseTo(490 / 1990, 6);
    await test.plot('loss').press('-');
    expect(await test.view('zoom')).toBeNull();
    await test.plot('loss').press('+');
    await test.plot('loss').press('0');
    expect(await test.view('zoom')).toBeNull();
  });

  it('follows the cursor out of what is shown', async () => {
    const test = await open();
    await test.showOne();
    await test.setView('zoom', { min: 500, max: 600 });
    await test.plot('loss').press('Home');
    const zoom = await zoomOf(test);
    expect(zoom.min).toBeCloseTo(10, 3);
    expect(zoom.max - zoom.min).toBeCloseTo(100, 3);
  });

  it('keeps the same rows in sight when the axis becomes one of time', async () => {
    const test = await open();
    await test.showOne();
    await test.setView('zoom', { min: 500, max: 1000 });
    await test.page.getByRole('combobox', { name: 'x axis' }).click();
    await test.page.getByRole('option', { name: 'Time since the start' }).click();
    const zoom = await zoomOf(test);
    // The invented run takes 0.66 s a step, and its first row is step 10.
    expect(zoom.min).toBeCloseTo(490 * 0.66, 3);
    expect(zoom.max).toBeCloseTo(990 * 0.66, 3);
  });

  it('of another run that shows nothing of this one is ignored', async () => {
    const test = await open();
    await test.setView('zoom', { min: 1e6, max: 2e6 });
    await test.showOne();
    await expect.poll(() => rangeOf(test, 'loss')).toBe('step 10 to step 2,000');
  });
});
