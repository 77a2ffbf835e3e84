import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import type { RunView } from '../../src/shared/dashboard';
import { accessibilityProblems } from './accessibility';
import { withoutChromium } from './chromium';
import { inventGrids } from './inventedGrids';
import { inventedRun } from './invention';
import { themes, type LoadedPage } from './loadedPage';
import { usePages } from './pages';
import { showRuns, type ShownOptions } from './shownRuns';

const config = inventedRun().config;
const scenes: Readonly<Record<string, readonly Partial<RunView>[]>> = {
  'a run that trains': [{ annotations: { format: 1, starred: true, note: 'Good so far.' } }],
  'a run that failed': [{ status: 'failed', lastLogLines: ['one', 'two'], flaws: ['A flaw.'] }],
  'runs compared': [
    {},
    { key: '/runs/b', name: 'second', status: 'paused', ...(config && { config }) },
    { key: '/runs/c', name: 'third', status: 'dead', samples: [] },
  ],
};

describe.skipIf(withoutChromium)(`everybody's dashboard${withoutChromium}`, () => {
  const pages = usePages();
  let run: string;
  let loaded: LoadedPage | undefined;
  beforeAll(async () => {
    run = await inventGrids([0, 500, 1000, 1500, 2000]);
  });

  async function show(
    changes: readonly Partial<RunView>[] = [{}],
    options: ShownOptions = {},
  ): Promise<Page> {
    const shown = { folders: { run }, ...options };
    loaded = pages.watch(await showRuns(pages.browser, changes, shown));
    return loaded.page;
  }

  it.each(Object.keys(scenes))('is accessible in every theme with %s', async (scene) => {
    const page = await show(scenes[scene]);
    await loaded?.tell({ type: 'problem', message: 'Something did not work.' });
    await page.getByRole('button', { name: 'Dismiss' }).waitFor();
    for (const theme of themes) {
      await loaded?.wear(theme);
      expect(await accessibilityProblems(page), theme).toEqual([]);
    }
  });

  it.each([
    [380, 800],
    [300, 600],
    [1000, 300],
  ])('is accessible and nowhere wider than the panel at %d by %d', async (width, height) => {
    const page = await show(scenes['runs compared'], { width, height });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('shows samples above curves in a narrow panel, also to the keyboard', async () => {
    const page = await show([{}], { width: 380, height: 800 });
    const regions = page.locator('main > section');
    expect(await regions.evaluateAll((all) => all.map(({ ariaLabel }) => ariaLabel))).toEqual([
      'Samples',
      'Curves',
    ]);
    await page.setViewportSize({ width: 1200, height: 800 });
    await expect
      .poll(() => regions.evaluateAll((all) => all.map(({ ariaLabel }) => ariaLabel)))
      .toEqual(['Curves', 'Samples']);
  });

  it('lets the keyboard reach every control, in the order in which they are seen', async () => {
    const page = await show();
    const walked: string[] = [];
    for (let i = 0; i < 300; i++) {
      await page.keyboard.press('Tab');
      const name = await page.evaluate(nameOfFocus);
      if (name === '') break;
      walked.push(name);
    }
    const expected = [
      'Pause',
      'Stop',
      'Save Checkpoint Now',
      'Draw Samples Now',
      'More Actions',
      'Keyboard Shortcuts',
      'Skip the curves',
      'Values',
      'Width of the curves',
      'Play the grids',
    ];
    const places = expected.map((name) => walked.indexOf(name));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('lets the keyboard pass by the many controls of the curves', async () => {
    const page = await show();
    const skip = page.getByRole('button', { name: 'Skip the curves' });
    expect((await skip.boundingBox())?.width).toBeLessThan(2);
    await skip.focus();
    expect((await skip.boundingBox())?.width).toBeGreaterThan(50);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const region = await page.evaluate(() => document.activeElement?.closest('section')?.ariaLabel);
    expect(region).toBe('Samples');
  });

  it('shows where the keyboard is', async () => {
    const page = await show();
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Tab');
      const outlined = await page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        const style = element && getComputedStyle(element);
        return style?.outlineStyle !== 'none' || style.borderColor !== 'rgba(0, 0, 0, 0)';
      });
      expect(outlined).toBe(true);
    }
  });

  it('obeys its keys wherever no control has the focus', async () => {
    const page = await show();
    const line = page.locator('.scrubber');
    await page.keyboard.press('ArrowLeft');
    await expect.poll(() => line.innerText()).toContain('1,500');
    await page.keyboard.press('Home');
    await expect.poll(async () => (await loaded?.keptState())?.view).toMatchObject({ cursor: 0 });
    await page.keyboard.press('Escape');
    await expect
      .poll(async () => (await loaded?.keptState())?.view)
      .toMatchObject({ cursor: null });
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Stop playing' }).waitFor();
    await page.keyboard.press('Space');
    await page.getByRole('button', { name: 'Play the grids' }).waitFor();
  });

  it('leaves keys to the field that is typed into', async () => {
    const page = await show();
    const filter = page.getByRole('textbox', { name: 'Filter charts by name' });
    await filter.focus();
    await page.keyboard.type('lo ss');
    await page.keyboard.press('ArrowLeft');
    expect(await filter.inputValue()).toBe('lo ss');
    expect((await loaded?.keptState())?.view).toMatchObject({ cursor: null });
  });

  it('does without movement where that is wished', async () => {
    const page = await show([{ identity: { ...inventedRun().identity, state: 'starting' } }]);
    const moving = await page.evaluate(() =>
      document.getAnimations().filter(({ playState }) => playState === 'running'),
    );
    expect(moving).toHaveLength(0);
  });
});

/** Runs in the page: the name of what has the focus, empty where nothing has. */
function nameOfFocus(): string {
  const element = document.activeElement;
  if (!element || element === document.body) return '';
  const name = element.getAttribute('aria-label') ?? element.textContent.trim();
  return name === '' ? element.tagName : name;
}
