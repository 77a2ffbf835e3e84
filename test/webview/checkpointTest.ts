import type { Page } from 'playwright-core';
import { describe } from 'vitest';
import type { FileListing } from '../../src/shared/inspection';
import { withoutChromium } from './chromium';
import { usePages } from './pages';
import { showInspection, type CheckpointTestPage, type InspectionOptions } from './shownInspection';

/** A page with invented inspections that a test has opened. */
export interface Opened {
  readonly loaded: CheckpointTestPage;
  readonly page: Page;
}

/**
 * Tests of the page of weight files.
 *
 * @param tests given what opens a page; it is closed after the test, and nothing may have been
 *   complained of
 */
export function describeCheckpoint(
  title: string,
  tests: (
    open: (listings: readonly FileListing[], options?: InspectionOptions) => Promise<Opened>,
  ) => void,
): void {
  describe.skipIf(withoutChromium)(`${title}${withoutChromium}`, () => {
    const pages = usePages();
    tests(async (listings, options) => {
      const loaded = pages.watch(await showInspection(pages.browser, listings, options));
      return { loaded, page: loaded.page };
    });
  });
}

/** The text of every cell of a table, by row. */
export async function cellsOf(page: Page, name: string): Promise<string[][]> {
  const table = page.getByRole('grid', { name }).or(page.getByRole('table', { name }));
  return table
    .getByRole('row')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.children].map((cell) => cell.textContent.trim())),
    );
}

/** The contents of a file that the page asked to save. */
export function textOf(contents: Uint8Array): string {
  return Buffer.from(Object.values(contents)).toString('utf8');
}
