import { expect, it } from 'vitest';
import { inventedRows } from './invention';
import { blue, describeCharts, orange } from './chartsTest';

const three = [
  inventedRows('/runs/faces'),
  inventedRows('/runs/cats', { rows: 120, seed: 2 }),
  inventedRows('/runs/dogs', { rows: 80, seed: 3 }),
];

describeCharts('a comparison', (open) => {
  it('draws every run in one colour in all charts', async () => {
    const test = await open();
    await test.show(...three);
    await test.expectDrawn('imagesPerSecond');
    for (const name of ['loss', 'score', 'imagesPerSecond']) {
      expect(await test.hasColour(name, blue)).toBe(true);
      expect(await test.hasColour(name, orange)).toBe(true);
    }
    // The second run ends after six tenths of the first.
    const late = { left: 0.7, top: 0, right: 1, bottom: 1 };
    expect(await test.hasColour('loss', orange, late)).toBe(false);
    expect(await test.hasColour('loss', blue, late)).toBe(true);
  });

  it('does not draw runs that are switched off, in any chart', async () => {
    const test = await open();
    await test.show(...three);
    await test.expectDrawn('score');
    await test.card('loss').getByRole('button', { name: 'faces' }).click();
    expect(await test.view('hiddenRuns')).toEqual(['/runs/faces']);
    await test.page.mouse.move(2, 2);
    for (const name of ['loss', 'score']) {
      await expect.poll(() => test.hasColour(name, blue)).toBe(false);
      expect(await test.hasColour(name, orange)).toBe(true);
    }
    // The x axis is as long as what is drawn.
    await expect
      .poll(() => test.plot('score').getAttribute('aria-label'))
      .toContain('step 10 to step 1,200');
  });

  it('gives each tag of a large group a chart of its own, in a part that unfolds', async () => {
    const test = await open();
    await test.show(...three);
    await test.expectDrawn('loss');
    expect(await test.card('sigma').count()).toBe(0);
    const part = test.page.getByRole('button', { name: 'Spectral norm of the weights of D' });
    expect(await part.getAttribute('aria-expanded')).toBe('false');
    await part.click();
    await test.expectDrawn('sigma/conv1');
    expect(await test.plot('sigma/conv1').getAttribute('aria-label')).toContain(
      'Spectral norm of the weights of D: conv1',
    );
  });

  it('keeps both tags of a small group in one chart, told apart by their dashes', async () => {
    const test = await open();
    await test.show(...three);
    await test.expectDrawn('loss');
    const tags = test.card('loss').locator('thead .legend-entry');
    expect(await tags.allInnerTexts()).toEqual(['D', 'G']);
    const dashes = await tags
      .locator('line')
      .evaluateAll((lines) => lines.map((line) => line.getAttribute('stroke-dasharray')));
    expect(new Set(dashes).size).toBe(2);
  });

  it('has the values of every run at the cursor', async () => {
    const test = await open();
    await test.show(...three);
    await test.prefer({ smoothing: 0 });
    await test.setView('cursor', 700);
    const cells = test.card('loss').locator('tbody .legend-value');
    const expected = three.flatMap(({ columns }) =>
      ['loss/d', 'loss/g'].map((tag) => columns[tag][69].toPrecision(4)),
    );
    await expect.poll(() => cells.allInnerTexts()).toEqual(expected);
  });

  it('offers the values of each run by itself', async () => {
    const test = await open();
    await test.show(...three);
    await test.expectDrawn('loss');
    await test.choose('loss', 'Save Values of cats');
    expect(test.said('exportScalars')).toEqual([
      { type: 'exportScalars', key: '/runs/cats', format: 'csv', tags: ['loss/d', 'loss/g'] },
    ]);
  });

  it('of runs that trained at other times shows both on the axis of the time of day', async () => {
    const test = await open();
    const later = inventedRows('/runs/later', { seed: 5 });
    const shifted = { ...later, times: later.times.map((time) => time + 7200) };
    await test.show(inventedRows('/runs/faces'), shifted);
    await test.prefer({ xAxis: 'wall', smoothing: 0 });
    await test.expectDrawn('loss');
    await expect
      .poll(() => test.hasColour('loss', orange, { left: 0.8, top: 0, right: 1, bottom: 1 }))
      .toBe(true);
    expect(await test.hasColour('loss', blue, { left: 0.5, top: 0, right: 1, bottom: 1 })).toBe(
      false,
    );
    await test.hover('loss', 0.95);
    const row = ((await test.view('hover')) ?? 0) / 10 - 1;
    const cells = test.card('loss').locator('tbody tr').nth(1).locator('.legend-value');
    await expect
      .poll(() => cells.first().innerText())
      .toBe(later.columns['loss/d'][row].toPrecision(4));
  });
});
