import { expect, it } from 'vitest';
import { inventedRows } from './invention';
import { describeCharts } from './chartsTest';

const rows = inventedRows('/runs/faces');
/** What a legend says of a tag at a row, without smoothing. */
const valueOf = (tag: string, row: number): string => rows.columns[tag][row].toPrecision(4);

describeCharts('the cursor of the charts', (open) => {
  it('shows the values of the row under the pointer in all charts, until it leaves', async () => {
    const test = await open();
    await test.showOne();
    await test.prefer({ smoothing: 0 });
    const newest = valueOf('loss/d', 199);
    await test.expectValue('loss', 'D', newest);
    await test.hover('loss', 0.5);
    const step = await test.view('hover');
    if (step === null) throw new Error('There is no step under the pointer.');
    // Half of the way from step 10 to step 2000, to the row that is nearest.
    expect(Math.abs(step - 1005)).toBeLessThanOrEqual(10);
    const row = step / 10 - 1;
    await test.expectValue('loss', 'D', valueOf('loss/d', row));
    await test.expectValue('sigma', 'conv3', valueOf('sigma/conv3', row));
    expect(await test.view('cursor')).toBeNull();
    await test.page.mouse.move(2, 2);
    expect(await test.view('hover')).toBeNull();
    await test.expectValue('loss', 'D', newest);
  });

  it('stays where it is clicked, and Escape takes it away', async () => {
    const test = await open();
    await test.showOne();
    await test.hover('loss', 0.25);
    const step = await test.view('hover');
    await test.page.mouse.down();
    await test.page.mouse.up();
    expect(await test.view('cursor')).toBe(step);
    await test.page.mouse.move(2, 2);
    expect(await test.view('cursor')).toBe(step);
    await test.page.keyboard.press('Escape');
    expect(await test.view('cursor')).toBeNull();
  });

  it('stands at the same step in a chart of another size', async () => {
    const test = await open();
    await test.showOne();
    await test.prefer({ charts: { score: { wide: true } } });
    await test.setView('cursor', 1000);
    // A dot is drawn on the line at that step, in the colour of the line; none is beside.
    for (const name of ['loss', 'score']) {
      const overlay = test.card(name).locator('.chart-overlay');
      await expect
        .poll(() =>
          overlay.evaluate((canvas: HTMLCanvasElement) => {
            const context = canvas.getContext('2d');
            const drawn = (share: number): boolean => {
              const x = Math.round(share * canvas.width);
              const pixels = context?.getImageData(x - 1, 0, 3, canvas.height);
              return pixels?.data.some((part) => part > 0) ?? false;
            };
            return [drawn((1000 - 10) / 1990), drawn(0.25), drawn(0.75)];
          }),
        )
        .toEqual([true, false, false]);
    }
  });

  it('moves by rows with the arrow keys, by ten with shift, and to both ends', async () => {
    const test = await open();
    await test.showOne();
    await test.plot('loss').focus();
    const press = async (key: string): Promise<number | null> => {
      await test.page.keyboard.press(key);
      return test.view('cursor');
    };
    expect(await press('ArrowLeft')).toBe(1990);
    expect(await press('Shift+ArrowLeft')).toBe(1890);
    expect(await press('ArrowRight')).toBe(1900);
    expect(await press('Home')).toBe(10);
    expect(await press('ArrowLeft')).toBe(10);
    expect(await press('End')).toBe(2000);
  });

  it('between two rows goes to the row before with the left arrow', async () => {
    const test = await open();
    await test.showOne();
    await test.setView('cursor', 1005);
    await test.plot('loss').press('ArrowLeft');
    expect(await test.view('cursor')).toBe(1000);
  });

  it('tells a screen reader where it has come to rest', async () => {
    const test = await open();
    await test.showOne();
    await test.prefer({ smoothing: 0 });
    await test.plot('loss').press('ArrowLeft');
    const said = `step 1,990: D ${valueOf('loss/d', 198)}, G ${valueOf('loss/g', 198)}`;
    const live = test.page.locator('[role=status]');
    await expect.poll(() => live.allInnerTexts()).toContain(said);
  });

  it('shows no value of a run that has ended before', async () => {
    const test = await open();
    await test.show(inventedRows('/runs/long'), inventedRows('/runs/short', { rows: 50 }));
    await test.expectDrawn('imagesPerSecond');
    await test.setView('cursor', 1000);
    const row = test.card('imagesPerSecond').locator('tr', { hasText: 'short' });
    await expect.poll(() => row.locator('.legend-value').innerText()).toBe('–');
  });

  it('shows the last measurement of what is measured at few steps', async () => {
    const test = await open();
    await test.showOne();
    await test.card('sigmaBar').scrollIntoViewIfNeeded();
    await test.setView('cursor', 1200);
    await test.expectValue('sigmaBar', 'conv1', valueOf('sigmaBar/conv1', 99));
  });

  it('stands at the row of its step on an axis of time', async () => {
    const test = await open();
    await test.showOne();
    await test.prefer({ xAxis: 'relative' });
    await test.hover('loss', 0.5);
    const step = await test.view('hover');
    expect(Math.abs((step ?? 0) - 1005)).toBeLessThanOrEqual(10);
  });
});
