import { expect, it } from 'vitest';
import { accessibilityProblems } from './accessibility';
import { describeCharts } from './chartsTest';
import { inventedRows } from './invention';
import { themes } from './loadedPage';

describeCharts('the charts', (open) => {
  it.each(themes)('satisfy axe in the %s theme, in every state', async (theme) => {
    const test = await open({ theme });
    await test.showOne();
    expect(await accessibilityProblems(test.page)).toEqual([]);
    await test.choose('loss', 'Table of Values');
    await test.card('score').getByRole('button', { name: 'Scores', exact: true }).click();
    await test
      .card('sigma')
      .getByRole('button', { name: /^conv2 / })
      .click();
    await test.setView('zoom', { min: 100, max: 900 });
    await test.setView('cursor', 500);
    await test
      .card('loss')
      .getByRole('button', { name: /^Actions for/ })
      .click();
    expect(await accessibilityProblems(test.page)).toEqual([]);
  });

  it('of several runs satisfy axe', async () => {
    const test = await open();
    await test.show(inventedRows('/runs/a'), inventedRows('/runs/b', { seed: 2 }));
    await test.expectDrawn('loss');
    await test.page.getByRole('button', { name: 'Spectral norm of the weights of D' }).click();
    expect(await accessibilityProblems(test.page)).toEqual([]);
  });

  it('say what they show: name, range and newest values', async () => {
    const test = await open();
    await test.showOne();
    await test.prefer({ smoothing: 0 });
    const { columns } = inventedRows('/runs/faces');
    const [d, g] = ['loss/d', 'loss/g'].map((tag) => columns[tag][199].toPrecision(4));
    await expect
      .poll(() => test.plot('loss').getAttribute('aria-label'))
      .toBe(`Losses. step 10 to step 2,000. Newest: D ${d}, G ${g}`);
  });

  it('can be reached and worked without a pointer', async () => {
    const test = await open();
    await test.showOne();
    const seen = new Set<string>();
    await test.page.getByRole('textbox', { name: 'Filter charts by name' }).focus();
    for (let i = 0; i < 9; i++) {
      await test.page.keyboard.press('Tab');
      seen.add(
        await test.page.evaluate(() => {
          const element = document.activeElement;
          return element?.getAttribute('aria-label') ?? element?.textContent ?? '';
        }),
      );
    }
    const all = [...seen].join('\n');
    for (const part of ['Losses', 'Pin to the Top', 'Actions for Losses', 'Height of Losses']) {
      expect(all).toContain(part);
    }
    expect(all).toMatch(/Losses\. step 10 to/);
  });

  it('show where the focus is', async () => {
    const test = await open();
    await test.showOne();
    await test.plot('loss').focus();
    await test.page.keyboard.press('ArrowLeft');
    const outline = await test
      .plot('loss')
      .evaluate((element) => getComputedStyle(element).outlineStyle);
    expect(outline).toBe('solid');
  });
});
