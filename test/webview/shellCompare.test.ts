import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../../src/gan/presets';
import type { RunView } from '../../src/shared/dashboard';
import { withoutChromium } from './chromium';
import type { LoadedPage } from './loadedPage';
import { usePages } from './pages';
import { showRuns, type ShownOptions } from './shownRuns';

const config = resolveConfig({
  name: 'faces',
  preset: 'C',
  data: { source: '/images/faces' },
  samples: { every: 0 },
});
const four: readonly Partial<RunView>[] = [
  { key: '/runs/a', name: 'first', config },
  { key: '/runs/b', name: 'second', status: 'finished', config: { ...config, nDis: 2 } },
  { key: '/runs/c', name: 'third', status: 'failed', config: { ...config, seed: 3 } },
  {
    key: '/runs/d',
    name: 'fourth',
    status: 'paused',
    config: { ...config, samples: { every: 0, count: 16 } },
  },
];

describe.skipIf(withoutChromium)(`a comparison of runs${withoutChromium}`, () => {
  const pages = usePages();
  let loaded: LoadedPage | undefined;

  async function show(
    changes: readonly Partial<RunView>[] = four,
    options: ShownOptions = {},
  ): Promise<Page> {
    loaded = pages.watch(await showRuns(pages.browser, changes, options));
    return loaded.page;
  }
  const table = (page: Page, name: string) =>
    page.getByRole('region', { name, exact: true }).getByRole('table');
  const cells = (page: Page, name: string): Promise<string[][]> =>
    table(page, name)
      .getByRole('row')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.children].map((cell) => cell.textContent.trim())),
      );

  it('lists the runs with what they do, hides one and shows it again', async () => {
    const page = await show();
    const list = page.getByRole('list', { name: 'Runs compared' });
    expect(await list.getByRole('listitem').allTextContents()).toEqual([
      'firstRunning',
      'secondFinished',
      'thirdFailed',
      'fourthPaused',
      '',
    ]);
    const third = list.getByRole('button', { name: 'third', exact: true });
    expect(await third.getAttribute('aria-pressed')).toBe('true');
    await third.click();
    await expect.poll(() => third.getAttribute('aria-pressed')).toBe('false');
    await expect
      .poll(async () => (await loaded?.keptState())?.view)
      .toMatchObject({ hiddenRuns: ['/runs/c'] });
    await third.click();
    await expect.poll(() => third.getAttribute('aria-pressed')).toBe('true');
  });

  it('asks for a run to be removed and for one more', async () => {
    const page = await show();
    await page.getByRole('button', { name: 'Remove second from the comparison' }).click();
    expect(await loaded?.heard('removeRun')).toEqual({ type: 'removeRun', key: '/runs/b' });
    await loaded?.tell({ type: 'keys', keys: ['/runs/a', '/runs/c', '/runs/d'] });
    const list = page.getByRole('list', { name: 'Runs compared' });
    await expect.poll(() => list.getByRole('button', { name: 'second' }).count()).toBe(0);
    await list.getByRole('button', { name: 'Compare With…' }).click();
    await loaded?.heard('addRuns');
  });

  it('shows the keys of the configs that differ, and all on demand', async () => {
    const page = await show();
    expect(await cells(page, 'Configuration')).toEqual([
      ['Key', 'first', 'second', 'third', 'fourth'],
      ['nDis', '1', '2', '1', '1'],
      ['seed', '0', '0', '3', '0'],
      ['samples.count', '64', '64', '64', '16'],
    ]);
    await page.getByText('nDis, seed, samples.count', { exact: true }).waitFor();
    await page.getByRole('checkbox', { name: 'All keys' }).click();
    await expect
      .poll(() => cells(page, 'Configuration'))
      .toContainEqual(['optimizer.learningRate', '0.0002', '0.0002', '0.0002', '0.0002']);
    const rows = await cells(page, 'Configuration');
    expect(rows).toContainEqual(['nDis ≠ differs', '1', '2', '1', '1']);
  });

  it('shows the last, best and marked values of every run, sorted as asked', async () => {
    const page = await show();
    const [head, first] = await cells(page, 'Values');
    expect(head).toEqual([
      'Run',
      'loss/d',
      'loss/g',
      'score/real',
      'score/fake',
      'sigmaBar, largest',
      'imagesPerSecond',
    ]);
    expect(first[0]).toBe('first');
    const column = async (): Promise<number[]> => {
      const [, ...rows] = await cells(page, 'Values');
      return rows.map((row) => Number(row[1].replace('−', '-').split('at')[0]));
    };
    const unsorted = await column();
    const lossHead = page.getByRole('columnheader', { name: 'loss/d' });
    await lossHead.getByRole('button').click();
    await expect.poll(() => lossHead.getAttribute('aria-sort')).toBe('ascending');
    expect(await column()).toEqual(unsorted.toSorted((a, b) => a - b));
    await lossHead.getByRole('button').click();
    await expect.poll(() => lossHead.getAttribute('aria-sort')).toBe('descending');
    expect(await column()).toEqual(unsorted.toSorted((a, b) => b - a));
    await lossHead.getByRole('button').click();
    await expect.poll(column).toEqual(unsorted);

    await page.getByRole('combobox', { name: 'What to show of each value' }).click();
    await page.getByRole('option', { name: 'Best' }).click();
    const link = table(page, 'Values')
      .getByRole('button', { name: /^Go to step/ })
      .first();
    const step = Number((await link.getAttribute('aria-label'))?.replace(/\D/g, ''));
    await link.click();
    await expect
      .poll(async () => (await loaded?.keptState())?.view)
      .toMatchObject({ cursor: step });
    const best = await column();
    expect(best.every((value, i) => value <= unsorted[i])).toBe(true);
  });

  it('shows the values that were chosen', async () => {
    const page = await show();
    await page.getByRole('button', { name: 'Choose Values' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'loss/g' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'gradient/g', exact: true }).click();
    await page.keyboard.press('Escape');
    const [head] = await cells(page, 'Values');
    expect(head).not.toContain('loss/g');
    expect(head).toContain('gradient/g');
  });

  it('copies the table for a spreadsheet', async () => {
    const page = await show();
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('button', { name: 'Copy as Table' }).last().click();
    const text = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(async () => (await text()).split('\n').length).toBe(1 + 4 * 6);
    const lines = (await text()).split('\n').map((line) => line.split('\t'));
    expect(new Set(lines.map(({ length }) => length))).toEqual(new Set([8]));
    expect(lines[1].slice(0, 2)).toEqual(['first', 'loss/d']);
  });

  it('tells whose health it speaks of', async () => {
    const sick = { ...config, samples: { every: 500, count: 64 } };
    const page = await show([four[0], { ...four[1], status: 'running', config: sick }]);
    const health = page.getByRole('region', { name: 'Health' });
    await health.getByText('second:').waitFor();
    await health.getByRole('button', { name: 'Go to step 0' }).click();
    await expect.poll(async () => (await loaded?.keptState())?.view).toMatchObject({ cursor: 0 });
  });

  it('of one run is its values, folded until they are wanted', async () => {
    const page = await show([{}]);
    expect(await page.getByRole('list', { name: 'Runs compared' }).count()).toBe(0);
    expect(await page.getByRole('region', { name: 'Values' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Values' }).click();
    const rows = await cells(page, 'Values');
    expect(rows[0]).toEqual(['Value', 'Last', 'Best', 'At cursor']);
    expect(rows.map(([name]) => name)).toContain('sigmaBar, largest');
  });
});
