import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, withoutChromium } from './chromium';
import { inventedRows, inventedRun } from './invention';
import { LoadedPage, themes } from './loadedPage';

describe.skipIf(withoutChromium)(`a page in a webview${withoutChromium}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it.each(themes)('shows a run in the %s theme without breaking the policy', async (theme) => {
    const loaded = await LoadedPage.open(browser, 'dashboard', { theme });
    await loaded.heard('ready');
    const run = inventedRun();
    await loaded.tell({ type: 'init', keys: [run.key], preferences: undefined });
    await loaded.tell({ type: 'run', run });
    await loaded.tell(inventedRows(run.key));
    await loaded.page.getByText('faces').first().waitFor();
    expect(loaded.complaints).toEqual([]);
    await loaded.close();
  });

  it('that loads a script from elsewhere is complained of', async () => {
    const loaded = await LoadedPage.open(browser, 'dashboard');
    await loaded.page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'void 0';
      document.body.append(script);
    });
    await expect.poll(() => loaded.complaints.join()).toContain('policy: script-src');
    await loaded.close();
  });
});
