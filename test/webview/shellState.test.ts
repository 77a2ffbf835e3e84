import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { RunView } from '../../src/shared/dashboard';
import { withoutChromium } from './chromium';
import { inventGrids } from './inventedGrids';
import { inventedRun } from './invention';
import { LoadedPage } from './loadedPage';
import { usePages } from './pages';
import { showRuns, type ShownOptions } from './shownRuns';

const { key } = inventedRun();

describe.skipIf(withoutChromium)(`a dashboard that comes back${withoutChromium}`, () => {
  const pages = usePages();

  async function show(
    changes: readonly Partial<RunView>[] = [{}],
    options: ShownOptions = {},
  ): Promise<LoadedPage> {
    return pages.watch(await showRuns(pages.browser, changes, options));
  }
  const kept = (loaded: LoadedPage): Promise<Record<string, unknown>> =>
    loaded.keptState().then((state) => (state?.view ?? {}) as Record<string, unknown>);
  const curves = (page: Page) => page.getByRole('region', { name: 'Curves', exact: true });
  const cursorWords = (page: Page): Promise<string> => page.locator('.scrubber').innerText();

  it('has cursor, open tables and scrolled panes where they were', async () => {
    const folders = { run: await inventGrids([0, 500, 1000, 1500, 2000]) };
    const before = await show([{}], { folders });
    await before.page.getByRole('button', { name: 'Values' }).click();
    await before.page.getByRole('button', { name: 'Previous grid' }).click();
    await before.page.getByRole('columnheader', { name: 'At step 1,500' }).waitFor();
    await curves(before.page).evaluate((pane) => pane.scrollTo(0, 300));
    await expect.poll(() => kept(before)).toMatchObject({ cursor: 1500, scroll: { curves: 300 } });
    const state = await before.keptState();
    expect(state?.keys).toEqual([key]);

    const after = await show([{}], { folders, ...(state && { state }) });
    await after.page.getByRole('columnheader', { name: 'At step 1,500' }).waitFor();
    await expect.poll(() => curves(after.page).evaluate((pane) => pane.scrollTop)).toBe(300);
    expect(await cursorWords(after.page)).toContain('1,500');
    // What came back is kept again as it was.
    await expect.poll(() => kept(after)).toEqual(state?.view);
  });

  it('does not take the places of one run for those of another', async () => {
    const view = { cursor: 1500, zoom: { min: 100, max: 200 }, open: { values: true } };
    const loaded = await show([{}], { state: { keys: ['/runs/other'], view } });
    await loaded.page.getByRole('columnheader', { name: 'At cursor' }).waitFor();
    await expect.poll(() => kept(loaded)).toMatchObject({ cursor: null, zoom: null });
  });

  it('begins anew where what was kept makes no sense', async () => {
    const state = { keys: 7, view: { cursor: {}, open: 'all', samples: [1] } };
    const loaded = await show([{}], { state: state as never, preferences: 'many' });
    await loaded.page.getByRole('button', { name: 'Pause' }).waitFor();
    await expect.poll(() => loaded.keptState()).toMatchObject({ keys: [key] });
  });

  it('keeps no state before it knows the runs', async () => {
    const state = { keys: [key], view: { cursor: 10 } };
    const loaded = pages.watch(await LoadedPage.open(pages.browser, 'dashboard', { state }));
    await loaded.heard('ready');
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(await loaded.keptState()).toEqual(state);
  });

  it('has the panes as wide as they were made, by keyboard and by pointer', async () => {
    const before = await show();
    const splitter = before.page.getByRole('separator', { name: 'Width of the curves' });
    await splitter.focus();
    for (let i = 0; i < 5; i++) await before.page.keyboard.press('ArrowLeft');
    await expect.poll(() => splitter.getAttribute('aria-valuenow')).toBe('54');
    const box = await splitter.boundingBox();
    if (!box) throw new Error('The splitter is not shown.');
    await before.page.mouse.move(box.x, 300);
    await before.page.mouse.down();
    await before.page.mouse.move(640, 300, { steps: 4 });
    await before.page.mouse.up();
    await expect.poll(() => splitter.getAttribute('aria-valuenow')).toBe('50');
    const share = async (): Promise<unknown> =>
      ((await before.heard('preferences')).preferences as { samplesShare: number }).samplesShare;
    await expect.poll(share).toBeCloseTo(0.5, 2);
    const { preferences } = await before.heard('preferences');
    const after = await show([{}], { preferences });
    const width = await curves(after.page).evaluate((pane) => pane.getBoundingClientRect().width);
    expect(Math.abs(width - 640)).toBeLessThan(4);
    await splitter.press('Home');
    await expect.poll(() => splitter.getAttribute('aria-valuenow')).toBe('20');
  });

  it('says nothing of preferences that nobody changed', async () => {
    const loaded = await show();
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(loaded.said.filter(({ type }) => type === 'preferences')).toEqual([]);
  });

  it('speaks the language of the editor', async () => {
    const translations = { Pause: 'Anhalten', Running: 'Läuft', '{0} of {1}': '{0} von {1}' };
    const { page } = await show([{}], { translations });
    await page.getByRole('button', { name: 'Anhalten' }).waitFor();
    await page.getByText('2,000 von 20,000').waitFor();
    await page.getByText('Läuft').waitFor();
  });
});

describe.skipIf(withoutChromium)(`a dashboard without curves${withoutChromium}`, () => {
  const pages = usePages();

  async function show(change: Partial<RunView>): Promise<LoadedPage> {
    return pages.watch(await showRuns(pages.browser, [change], { rows: 0 }));
  }
  async function open(): Promise<LoadedPage> {
    const loaded = pages.watch(await LoadedPage.open(pages.browser, 'dashboard'));
    await loaded.heard('ready');
    return loaded;
  }

  const young = inventedRun();
  const progress = { step: 0, total: 20_000, imagesPerSecond: 0 };
  const { runtime, ...identity } = { ...young.identity, state: 'starting' as const, progress };
  const begun = { ...identity, state: 'running' as const, ...(runtime && { runtime }) };

  it.each([
    ['reads its images', { identity }, 'Reading the images and choosing a runtime…'],
    ['trains its first step', { identity: begun }, 'Training its first step…'],
    ['was paused', { identity: begun, status: 'paused' as const }, 'Paused before the first step.'],
    [
      'never came to it',
      { identity: begun, status: 'stopped' as const },
      'This run ended before its first step.',
    ],
  ])('says that the run %s', async (_what, change, words) => {
    const { page } = await show(change);
    await page.getByText(words).waitFor();
  });

  it('says that it reads them where the run has some', async () => {
    const { page } = await show({});
    await page.getByText('Reading the curves…').waitFor();
  });

  it('does not go on waiting for a run that cannot be read', async () => {
    const loaded = await open();
    await loaded.tell({ type: 'init', keys: [key], preferences: undefined });
    await loaded.page.getByText('Reading the run…').waitFor();
    await loaded.tell({ type: 'problem', message: '/runs/faces is no run folder.' });
    await loaded.page.getByText('/runs/faces is no run folder.').waitFor();
    expect(await loaded.page.getByText('Reading the run…').count()).toBe(0);
  });

  it('says that the run is gone, and what went wrong', async () => {
    const loaded = await open();
    await loaded.tell({ type: 'init', keys: [], preferences: undefined });
    await loaded.tell({ type: 'problem', message: 'There is no run in /runs/faces.' });
    await loaded.page.getByText('This run is no longer there.').waitFor();
    await loaded.page.getByText('There is no run in /runs/faces.').waitFor();
  });
});
