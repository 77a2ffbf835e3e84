import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';

const require = createRequire(import.meta.url);

interface AxeWindow {
  readonly axe: { run(within: string, options: RunOptions): Promise<AxeResults> };
}

interface LookOptions {
  /** Whether the page should have a heading, as all do but those of a part alone. */
  readonly heading?: boolean;
}

/**
 * What axe-core objects to, as `rule: element`, one line a place. Rules for whole sites are left
 * out: a webview is a part of the editor's page.
 */
export async function accessibilityProblems(
  page: Page,
  { heading = true }: LookOptions = {},
): Promise<string[]> {
  // Through the debugger, which the page's policy does not bind.
  if (!(await page.evaluate(() => 'axe' in window))) {
    await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
  }
  const rules = { 'page-has-heading-one': { enabled: heading }, region: { enabled: false } };
  const results = await page.evaluate(async (rules): Promise<AxeResults> => {
    const { axe } = window as unknown as AxeWindow;
    return axe.run('body', { resultTypes: ['violations'], rules });
  }, rules);
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary = '' }) => {
      return `${id}: ${html.slice(0, 160)} ${failureSummary.split('\n').slice(1).join(';')}`;
    }),
  );
}
