import { expect, it } from 'vitest';
import type { RunView } from '../../src/shared/dashboard';
import { describeCharts, type ChartsTest } from './chartsTest';
import { inventedRows, inventedRun } from './invention';

const key = '/runs/faces';

/** A run that has taken 8 ms of its 640 ms a step for exact norms since it was asked to. */
async function show(test: ChartsTest, change: Partial<RunView> = {}): Promise<RunView> {
  const run = inventedRun({ key, ...change });
  await test.loaded.tell({ type: 'init', keys: [key], preferences: {} });
  await test.loaded.tell({ type: 'run', run });
  const rows = inventedRows(key);
  const constant = (value: number): Float32Array => new Float32Array(rows.steps.length).fill(value);
  const columns = {
    ...rows.columns,
    'ms/step': constant(640),
    'ms/exact': constant(8),
    'stableRank/conv1': constant(3),
    'lambda/conv1': constant(0.1),
  };
  await test.loaded.tell({ ...rows, columns });
  await test.expectDrawn('loss');
  return run;
}

const group = (test: ChartsTest) => test.page.getByRole('group', { name: 'Exact norms' });
const dropdown = (test: ChartsTest) => test.page.getByRole('combobox', { name: 'Exact norms' });

/** Says what the dropdown shows. */
const shown = (test: ChartsTest): Promise<string> =>
  dropdown(test).evaluate((element) => (element as HTMLElement & { value: string }).value);

describeCharts('the choice of exact norms', (open) => {
  it('asks for them with the keyboard, and shows what was asked for and what it costs', async () => {
    const test = await open();
    const run = await show(test);
    expect(await shown(test)).toBe('0');
    await dropdown(test).focus();
    await test.page.keyboard.press('ArrowDown');
    await test.page.keyboard.press('ArrowDown');
    await test.page.keyboard.press('Enter');
    const [first] = test.said('exactEvery').slice(-1);
    expect(first).toEqual({ type: 'exactEvery', key, every: 10 });
    expect(await group(test).getAttribute('aria-busy')).toBe('true');
    const identity = { ...run.identity, exactEvery: 10 };
    await test.loaded.tell({ type: 'run', run: { ...run, identity } });
    await expect.poll(() => group(test).getAttribute('aria-busy')).toBe('false');
    expect(await shown(test)).toBe('10');
    const cost = test.page.locator('.chart-exact-cost');
    expect(await cost.textContent()).toBe('8 ms a step, 1.3%');
  });

  it('goes back where it was when that did not work', async () => {
    const test = await open();
    await show(test);
    await dropdown(test).click();
    await test.page.getByRole('option', { name: 'at every step' }).click();
    await expect.poll(() => shown(test)).toBe('1');
    await test.loaded.tell({ type: 'problem', message: 'The trainer has gone.' });
    await expect.poll(() => shown(test)).toBe('0');
    expect(await group(test).getAttribute('aria-busy')).toBe('false');
  });

  it('is of no use where the run does not obey, and says why to the keyboard, too', async () => {
    const test = await open();
    const run = inventedRun({ key });
    const { exactEvery, ...older } = run.identity;
    expect(exactEvery).toBe(0);
    await show(test);
    for (const [change, why] of [
      [{ status: 'finished' }, 'This run is not training.'],
      [{ control: 'elsewhere' }, 'Another window controls this run'],
      [{ control: 'nobody' }, 'The trainer cannot be reached yet.'],
      [{ restricted: 'Not trusted.' }, 'Not trusted.'],
      [{ status: 'elsewhere' }, 'another machine'],
      [{ identity: older }, 'of an older version'],
    ] as const) {
      await test.loaded.tell({ type: 'run', run: { ...run, ...change } });
      await expect.poll(() => dropdown(test).getAttribute('aria-disabled')).toBe('true');
      // The control was switched off before, and the new reason may come a moment later.
      const told = async (): Promise<string | null> => {
        await test.page.getByRole('textbox', { name: 'Filter charts by name' }).focus();
        await test.page.keyboard.press('Tab');
        return test.page.getByRole('tooltip').textContent();
      };
      await expect.poll(told).toContain(why);
      await test.page.keyboard.press('Escape');
    }
  });

  it('has charts of stable rank and lambda beside those of the norms', async () => {
    const test = await open();
    await show(test);
    const names = await test.page
      .locator('.chart')
      .evaluateAll((cards) => cards.map((card) => (card as HTMLElement).dataset.chart));
    expect(names.slice(2, 6)).toEqual(['sigma', 'sigmaBar', 'stableRank', 'lambda']);
    expect(await test.card('stableRank').locator('h3').textContent()).toContain('Σσᵢ² / σ₁²');
  });
});
