import type { Browser, Page } from 'playwright-core';

/** How a page is to look before anything is loaded in it. */
export interface PageLook {
  readonly width: number;
  readonly height: number;
  readonly reducedMotion: boolean;
}

/**
 * Empty pages that tests have done with. A new page takes a process of its own, and ten times as
 * long as another document in one that is there.
 */
const spare = new WeakMap<Browser, Page[]>();

/** An empty page that nothing listens to. */
export async function takePage(
  browser: Browser,
  { width, height, reducedMotion }: PageLook,
): Promise<Page> {
  const viewport = { width, height };
  const motion = reducedMotion ? 'reduce' : 'no-preference';
  const left = spare.get(browser)?.pop();
  if (!left) {
    const context = await browser.newContext({ viewport, reducedMotion: motion });
    return context.newPage();
  }
  await left.setViewportSize(viewport);
  await left.emulateMedia({ reducedMotion: motion });
  return left;
}

/** Empties a page and leaves it to whoever needs one next. */
export async function leavePage(browser: Browser, page: Page): Promise<void> {
  for (const event of ['console', 'pageerror', 'request'] as const) page.removeAllListeners(event);
  await page.context().clearPermissions();
  await page.goto('about:blank');
  await page.mouse.move(0, 0);
  spare.set(browser, [...(spare.get(browser) ?? []), page]);
}
