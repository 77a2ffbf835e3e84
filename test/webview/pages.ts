import { rm } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { buildTestPage } from './buildTestPage';
import { launchChromium } from './chromium';

/** What is asked of a page that tests have opened. */
interface OpenedPage {
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

/** Matches no complaint. */
const none = /^\b$/;

/** The browser of a describe block, and the pages that its tests open. */
export class Pages {
  private started: Browser | undefined;
  private built: string | undefined;
  private readonly opened = new Map<OpenedPage, RegExp>();
  private readonly kept: OpenedPage[] = [];

  /** @param name of a page for `buildTestPage`; absent where the tests need none */
  async start(name?: string): Promise<void> {
    this.started = await launchChromium();
    if (name !== undefined) this.built = await buildTestPage(name);
  }

  get browser(): Browser {
    if (!this.started) throw new Error('There is a browser only while tests run.');
    return this.started;
  }

  /** The folder of the page that was built for the tests. */
  get bundle(): string {
    if (this.built === undefined) throw new Error('No page was built for these tests.');
    return this.built;
  }

  /** Closes a page after the test, in which nothing may be complained of but what is expected. */
  watch<P extends OpenedPage>(page: P, but: RegExp = none): P {
    this.opened.set(page, but);
    return page;
  }

  /** The same after the last test, for a page that goes from test to test. */
  keep<P extends OpenedPage>(page: P): P {
    this.kept.push(page);
    return page;
  }

  /** What there is to do after each test. */
  async endTest(): Promise<void> {
    const complaints = [
      ...this.kept.flatMap((page) => page.complaints),
      ...[...this.opened].flatMap(([page, but]) =>
        page.complaints.filter((complaint) => !but.test(complaint)),
      ),
    ];
    for (const page of this.opened.keys()) await page.close();
    this.opened.clear();
    expect(complaints).toEqual([]);
  }

  async stop(): Promise<void> {
    for (const page of this.kept) await page.close();
    await this.started?.close();
    if (this.built !== undefined) await rm(this.built, { recursive: true });
  }
}

/**
 * Lets the tests of the describe block around share a browser.
 *
 * @param name of a page for `buildTestPage`
 */
export function usePages(name?: string): Pages {
  const pages = new Pages();
  beforeAll(() => pages.start(name));
  afterEach(() => pages.endTest());
  afterAll(() => pages.stop());
  return pages;
}
