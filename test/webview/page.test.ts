import { describe, expect, it } from 'vitest';
import { withoutChromium } from './chromium';
import { LoadedPage, themes } from './loadedPage';
import { usePages } from './pages';
import { showRuns } from './shownRuns';

describe.skipIf(withoutChromium)(`a page in a webview${withoutChromium}`, () => {
  const pages = usePages();

  it.each(themes)('shows a run in the %s theme without breaking the policy', async (theme) => {
    const { page } = pages.watch(await showRuns(pages.browser, [{}], { theme }));
    await page.getByRole('article', { name: 'Losses' }).waitFor();
  });

  it('that loads a script from elsewhere is complained of', async () => {
    const loaded = await LoadedPage.open(pages.browser, 'dashboard');
    await loaded.page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'void 0';
      document.body.append(script);
    });
    await expect.poll(() => loaded.complaints.join()).toContain('policy: script-src');
    await loaded.close();
  });
});
