import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { accessibilityProblems } from './accessibility';
import { withoutChromium } from './chromium';
import { LoadedPage, themes, type PageOptions } from './loadedPage';
import { usePages } from './pages';

describe.skipIf(withoutChromium)(`the controls of pages${withoutChromium}`, () => {
  const pages = usePages('controls');

  async function open(options: PageOptions = {}): Promise<Page> {
    const { page } = pages.watch(
      await LoadedPage.open(pages.browser, 'controls', {
        width: 700,
        height: 420,
        reducedMotion: true,
        folders: { webview: pages.bundle },
        ...options,
      }),
    );
    await page.getByRole('heading', { name: 'Controls' }).waitFor();
    return page;
  }

  const focused = (page: Page): Promise<string> =>
    page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute('aria-label') ?? element?.textContent.trim() ?? '';
    });

  it.each(themes)('are accessible in the %s theme, also with a menu open', async (theme) => {
    const page = await open({ theme });
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'More actions' }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('draw their icons from the font, which the policy lets in', async () => {
    const page = await open();
    const loadedFont = await page.evaluate(async () => {
      await document.fonts.ready;
      return [...document.fonts].some(
        ({ family, status }) => family.includes('codicon') && status === 'loaded',
      );
    });
    expect(loadedFont).toBe(true);
    const css = await readFile(
      createRequire(import.meta.url).resolve('@vscode/codicons/dist/codicon.css'),
      'utf8',
    );
    const names = await page
      .locator('.codicon')
      .evaluateAll((icons) => icons.flatMap(({ classList }) => [...classList]));
    const unknown = names.filter((name) => name !== 'codicon' && !css.includes(`.${name}`));
    expect(unknown).toEqual([]);
  });

  it('say what was clicked, and nothing while they are busy or disabled', async () => {
    const page = await open();
    const said = page.locator('output');
    await page.getByRole('button', { name: 'Train' }).click();
    await expect.poll(() => said.textContent()).toContain('train');
    for (const name of ['Saving', 'Drawing', 'Never']) {
      await page.getByRole('button', { name }).click({ force: true });
    }
    expect(await said.textContent()).toContain('train');
    await page.getByRole('button', { name: 'Saving' }).focus();
    expect(await focused(page)).toBe('Saving');
  });

  it('tick, choose, type, press and unfold', async () => {
    const page = await open();
    const said = page.locator('output');
    await page.getByRole('checkbox', { name: 'Log scale' }).click();
    await expect.poll(() => said.textContent()).toContain('ticked false');
    const dropdown = page.getByRole('combobox', { name: 'X axis' });
    expect(await dropdown.textContent()).toContain('By relative');
    await dropdown.click();
    await page.getByRole('option', { name: 'By wall' }).click();
    await expect.poll(() => said.textContent()).toContain('wall');
    await page.getByRole('textbox', { name: 'Name' }).fill('another');
    await expect.poll(() => said.textContent()).toContain('another');
    const pin = page.getByRole('button', { name: 'Pin' });
    await pin.click();
    await expect.poll(() => pin.getAttribute('aria-pressed')).toBe('true');
    await page.getByRole('button', { name: 'Values' }).click();
    await page.getByText('All the values.').waitFor();
  });

  it('tell a screen reader what is announced', async () => {
    const page = await open();
    await page.getByRole('button', { name: 'Step 100' }).click();
    await expect
      .poll(() => page.locator('[role=status]').allTextContents())
      .toContain('at step 100');
  });

  describe('with a tooltip', () => {
    const tooltip = (page: Page) => page.locator('[role=tooltip]');

    it('show it to the pointer that rests, and take it away', async () => {
      const page = await open();
      await page.getByRole('button', { name: 'Save checkpoint' }).hover();
      await tooltip(page).waitFor({ state: 'visible' });
      expect(await tooltip(page).textContent()).toBe('Save checkpoint');
      await page.mouse.move(400, 400);
      await tooltip(page).waitFor({ state: 'hidden' });
    });

    it('show it to the keyboard until Escape', async () => {
      const page = await open();
      await page.keyboard.press('Tab');
      await tooltip(page).waitFor({ state: 'visible' });
      expect(await tooltip(page).textContent()).toBe('Starts at once');
      await page.keyboard.press('Escape');
      await tooltip(page).waitFor({ state: 'hidden' });
      expect(await focused(page)).toBe('Train');
    });
  });

  describe('of a menu', () => {
    const menu = (page: Page) => page.getByRole('menu');

    it('open it, choose by the pointer and close it', async () => {
      const page = await open();
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitem', { name: 'Export curves' }).click();
      await expect.poll(() => page.locator('output').textContent()).toContain('csv');
      expect(await menu(page).isVisible()).toBe(false);
    });

    it('close it with a second click', async () => {
      const page = await open();
      const button = page.getByRole('button', { name: 'More actions' });
      await button.click();
      await expect.poll(() => button.getAttribute('aria-expanded')).toBe('true');
      await button.click();
      await expect.poll(() => button.getAttribute('aria-expanded')).toBe('false');
      expect(await menu(page).isVisible()).toBe(false);
    });

    it('are moved through by keys, and give the focus back', async () => {
      const page = await open();
      await page.getByRole('button', { name: 'More actions' }).focus();
      await page.keyboard.press('Enter');
      await menu(page).waitFor();
      const keys: readonly (readonly [string, string])[] = [
        ['ArrowDown', 'Export curves'],
        ['End', 'Pinned'],
        ['ArrowDown', 'Open log'],
        ['ArrowUp', 'Pinned'],
        ['Home', 'Open log'],
        ['e', 'Export curves'],
        ['n', 'Not now'],
      ];
      for (const [key, item] of keys) {
        await page.keyboard.press(key);
        expect(await focused(page), key).toContain(item);
      }
      await page.keyboard.press('Enter');
      expect(await menu(page).isVisible()).toBe(true);
      await page.keyboard.press('Escape');
      expect(await menu(page).isVisible()).toBe(false);
      expect(await focused(page)).toBe('More actions');
      expect(await page.locator('output').textContent()).toContain('nothing');
    });

    it('stay open for a choice that is on or off', async () => {
      const page = await open();
      await page.getByRole('button', { name: 'More actions' }).click();
      await page.getByRole('menuitemcheckbox', { name: 'Pinned' }).click();
      await expect.poll(() => page.locator('output').textContent()).toContain('pinned');
      expect(await menu(page).isVisible()).toBe(true);
      await page.mouse.click(600, 400);
      expect(await menu(page).isVisible()).toBe(false);
    });
  });
});
