import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium, withoutChromium } from './chromium';
import { LoadedPage, themes } from './loadedPage';
import { showRuns } from './shownRuns';

describe.skipIf(withoutChromium)(`a page in a webview${withoutChromium}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  it.each(themes)('shows a run in the %s theme without breaking the policy', async (theme) => {
    const loaded = await showRuns(browser, [{}], { theme });
    await loaded.page.getByRole('article', { name: 'Losses' }).waitFor();
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
