import { expect, it } from 'vitest';
import { inventedRows } from './invention';
import { blue, describeCharts, orange, type ChartsTest } from './chartsTest';

async function names(test: ChartsTest): Promise<string[]> {
  return test.page
    .locator('.chart')
    .evaluateAll((cards) => cards.map((card) => (card as HTMLElement).dataset.chart ?? ''));
}

describeCharts('a legend', (open) => {
  it('switches lines off and on, and keeps that', async () => {
    const test = await open();
    await test.showOne();
    await expect.poll(() => test.hasColour('loss', orange)).toBe(true);
    const entry = test.card('loss').getByRole('button', { name: /^G / });
    expect(await entry.getAttribute('aria-pressed')).toBe('true');
    await entry.press('Enter');
    expect(await entry.getAttribute('aria-pressed')).toBe('false');
    await expect.poll(() => test.hasColour('loss', orange)).toBe(false);
    expect(await test.hasColour('loss', blue)).toBe(true);
    expect((await test.view('preferences')).charts.loss.hidden).toEqual(['loss/g']);
    await entry.click();
    await expect.poll(() => test.hasColour('loss', orange)).toBe(true);
  });

  it('leaves one line alone, and brings all back', async () => {
    const test = await open();
    await test.showOne();
    const entry = test.card('sigma').getByRole('button', { name: /^conv2 / });
    const pressed = test.card('sigma').locator('.legend-entry[aria-pressed=true]');
    await entry.click({ modifiers: ['Alt'] });
    expect(await pressed.count()).toBe(1);
    await entry.click({ modifiers: ['Alt'] });
    expect(await pressed.count()).toBe(8);
    // The menu key does what the other button does.
    await entry.dispatchEvent('contextmenu');
    expect(await pressed.count()).toBe(1);
  });

  it('lets a line stand out while the pointer is on its name', async () => {
    const test = await open();
    await test.showOne();
    await test.card('loss').getByRole('button', { name: /^D / }).hover();
    await expect.poll(() => test.hasColour('loss', orange)).toBe(false);
    expect(await test.hasColour('loss', blue)).toBe(true);
    await test.page.mouse.move(2, 2);
    await expect.poll(() => test.hasColour('loss', orange)).toBe(true);
  });

  it('shows what is drawn and, if that is smoothed, what was logged', async () => {
    const test = await open();
    await test.showOne();
    const raw = test.card('loss').locator('.legend-raw').first();
    const logged = inventedRows('/runs/faces').columns['loss/d'][199];
    await expect.poll(() => raw.innerText()).toBe(`(${logged.toPrecision(3)})`);
    await test.prefer({ smoothing: 0 });
    await expect.poll(() => raw.innerText()).toBe('');
    // Exact measurements are never smoothed.
    await test.prefer({ smoothing: 0.9 });
    await test.card('sigmaBar').scrollIntoViewIfNeeded();
    const exact = inventedRows('/runs/faces').columns['sigmaBar/conv1'][199];
    await test.expectValue('sigmaBar', 'conv1', exact.toPrecision(4));
  });
});

describeCharts('a chart', (open) => {
  it('that is out of sight is not drawn', async () => {
    const test = await open({ height: 500, width: 500 });
    await test.showOne();
    const all = await test.page.locator('.chart').count();
    expect(await test.page.locator('.u-wrap > canvas').count()).toBeLessThan(all / 2);
    await test.card('memory').scrollIntoViewIfNeeded();
    await test.expectDrawn('memory');
  });

  it('is pinned to the top, where it keeps its name', async () => {
    const test = await open();
    await test.showOne();
    await test.card('weight').hover();
    await test.card('weight').getByRole('button', { name: 'Pin to the Top' }).click();
    await test.page.getByRole('heading', { name: 'Pinned' }).waitFor();
    expect((await names(test))[0]).toBe('weight');
    expect((await names(test)).filter((name) => name === 'weight')).toHaveLength(1);
    await test.card('weight').getByRole('button', { name: 'Unpin' }).click();
    expect((await names(test))[0]).toBe('loss');
  });

  it('is moved by dragging its title, and from its menu', async () => {
    const test = await open();
    await test.showOne();
    const title = test.card('loss').getByRole('heading');
    const target = await test.card('score').boundingBox();
    if (!target) throw new Error('There is no chart of scores.');
    await title.hover();
    await test.page.mouse.down();
    await test.page.mouse.move(target.x + target.width - 40, target.y + 60, { steps: 4 });
    await test.page.mouse.up();
    expect((await names(test)).slice(0, 2)).toEqual(['score', 'loss']);
    // A drag is no click: it does not fold the chart.
    await test.plot('loss').waitFor();
    await test.choose('loss', 'Move Earlier');
    expect((await names(test)).slice(0, 2)).toEqual(['loss', 'score']);
    expect((await test.view('preferences')).order.slice(0, 2)).toEqual(['loss', 'score']);
  });

  it('is folded to its title by a click or a key', async () => {
    const test = await open();
    await test.showOne();
    const title = test.card('loss').getByRole('button', { name: 'Losses', exact: true });
    await title.click();
    expect(await test.plot('loss').count()).toBe(0);
    expect(await title.getAttribute('aria-expanded')).toBe('false');
    await title.press('Enter');
    await test.expectDrawn('loss');
  });

  it('is resized by its lower edge, with the pointer and with the arrow keys', async () => {
    const test = await open();
    await test.showOne();
    const height = async (): Promise<number> =>
      (await test.plot('loss').boundingBox())?.height ?? 0;
    const before = await height();
    const edge = test.card('loss').getByRole('separator');
    await edge.hover();
    const place = await edge.boundingBox();
    if (!place) throw new Error('There is no lower edge.');
    await test.page.mouse.down();
    await test.page.mouse.move(place.x + 20, place.y + 100, { steps: 3 });
    await test.page.mouse.up();
    expect(Math.abs((await height()) - before - 97)).toBeLessThan(5);
    const dragged = await height();
    await edge.press('ArrowUp');
    expect(await height()).toBe(dragged - 20);
    await expect
      .poll(async () => (await test.over('loss').boundingBox())?.height ?? 0)
      .toBeGreaterThan(dragged - 60);
  });

  it('is drawn over the whole width', async () => {
    const test = await open();
    await test.showOne();
    await test.choose('loss', 'Full Width');
    await expect
      .poll(async () => (await test.over('loss').boundingBox())?.width ?? 0)
      .toBeGreaterThan(800);
  });

  it('says how many values a logarithmic axis cannot show', async () => {
    const test = await open();
    await test.showOne();
    await test.prefer({ smoothing: 0 });
    const negative = inventedRows('/runs/faces').columns['score/fake'].filter((v) => v <= 0).length;
    const real = inventedRows('/runs/faces').columns['score/real'].filter((v) => v <= 0).length;
    await test.choose('score', 'Logarithmic y Axis');
    await test
      .card('score')
      .getByText(`${negative + real} values that are not positive`)
      .waitFor();
    await test
      .card('score')
      .getByRole('button', { name: /^D\(G\(z\)\)/ })
      .click();
    await test.card('score').getByText(`${real} values that are not positive`).waitFor();
  });

  it('is found by its name', async () => {
    const test = await open();
    await test.showOne();
    await test.page.getByRole('textbox', { name: 'Filter charts by name' }).fill('gradient');
    await expect.poll(() => names(test)).toEqual(['gradient', 'gradient/d']);
    await test.page.getByRole('textbox', { name: 'Filter charts by name' }).fill('xyz');
    await test.page.getByText('No chart has such a name.').waitFor();
  });

  it('follows the theme at once', async () => {
    const test = await open();
    await test.showOne();
    await expect.poll(() => test.hasColour('loss', blue)).toBe(true);
    await test.page.evaluate(() => {
      document.documentElement.style.setProperty('--vscode-charts-blue', '#ff00ff');
    });
    await expect.poll(() => test.hasColour('loss', [255, 0, 255])).toBe(true);
  });

  it('shows its rows as a table around the cursor, page by page', async () => {
    const test = await open();
    await test.showOne();
    await test.setView('cursor', 1000);
    await test.choose('loss', 'Table of Values');
    const table = test.card('loss').getByRole('table');
    expect(await table.locator('tbody tr').count()).toBe(50);
    const current = table.locator('tr[aria-current=true]');
    const value = inventedRows('/runs/faces').columns['loss/d'][99];
    expect(await current.locator('th').innerText()).toBe('1,000');
    expect(await current.locator('td').nth(1).innerText()).toBe(
      String(Number(value.toPrecision(7))),
    );
    await test.card('loss').getByRole('button', { name: 'Later Rows' }).click();
    await test.card('loss').getByText('Rows 101 to 150 of 200').waitFor();
    await table.getByRole('button', { name: '1,010' }).click();
    expect(await test.view('cursor')).toBe(1010);
  });

  it('fits into a panel of 300 pixels', async () => {
    const test = await open({ width: 300 });
    await test.showOne();
    const page = test.page.locator('.charts-page');
    expect(await page.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(
      0,
    );
    expect((await test.over('loss').boundingBox())?.width).toBeGreaterThan(150);
  });

  it('says how far a long run has been read', async () => {
    const test = await open();
    await test.show({ ...inventedRows('/runs/faces'), total: 100_000 });
    await test.page.getByText('Reading the curves: 200 of 100,000 rows').waitFor();
    await test.expectDrawn('loss');
  });

  it('starts anew when all rows are replaced', async () => {
    const test = await open();
    await test.showOne();
    await test.prefer({ smoothing: 0 });
    const others = inventedRows('/runs/faces', { seed: 9, rows: 300 });
    await test.loaded.tell(others);
    await test.expectValue('loss', 'D', others.columns['loss/d'][299].toPrecision(4));
  });
});

describeCharts('the toolbar', (open) => {
  it('sets the smoothing by slider and by number', async () => {
    const test = await open();
    await test.showOne();
    await test.page.getByRole('slider', { name: 'Smoothing' }).fill('0.9');
    expect((await test.view('preferences')).smoothing).toBe(0.9);
    const number = test.page.getByRole('spinbutton', { name: 'Smoothing, as a number' });
    await number.fill('7');
    await number.press('Enter');
    expect((await test.view('preferences')).smoothing).toBe(0.999);
  });

  it('shows the whole run again', async () => {
    const test = await open();
    await test.showOne();
    await test.setView('zoom', { min: 100, max: 300 });
    await test.setView('yZoom', { loss: { min: 0, max: 1 } });
    await test.page.getByRole('button', { name: 'Show the Whole Run' }).click();
    expect(await test.view('zoom')).toBeNull();
    expect(await test.view('yZoom')).toEqual({});
  });

  it('offers no logarithm of the time of day', async () => {
    const test = await open();
    await test.showOne();
    await test.prefer({ logX: true, xAxis: 'wall' });
    const box = test.page.getByRole('checkbox', { name: 'Log x' });
    await expect.poll(() => box.getAttribute('aria-disabled')).toBe('true');
  });
});
