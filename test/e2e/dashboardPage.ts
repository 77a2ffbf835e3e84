import type { FrameLocator, Locator } from 'playwright-core';
import { heardCurves, type HeardCurves } from './heardCurves';

/** A dashboard, read and used through what it shows. */
export class DashboardPage {
  constructor(readonly frame: FrameLocator) {}

  get name(): Locator {
    return this.frame.locator('.run-header h1');
  }

  /** What the run does, in a word: `Running`. */
  get status(): Locator {
    return this.frame.locator('.run-header .status');
  }

  /** How far the run is. */
  async step(): Promise<number> {
    const fact = this.frame.locator('.fact', { hasText: /^Step/ }).locator('dd');
    const [, step] = /^([\d,]+) of/.exec((await fact.textContent()) ?? '') ?? [];
    return Number(step.replaceAll(',', ''));
  }

  /** A button of the page by its name. */
  button(name: string | RegExp): Locator {
    return this.frame.getByRole('button', { name, exact: typeof name === 'string' }).first();
  }

  chart(title: string | RegExp): Locator {
    return this.frame.getByRole('article', { name: title }).first();
  }

  /** The sample grid that is shown; its name says of which step. */
  get grid(): Locator {
    return this.frame.locator('.samples-figure').first().locator('.samples-box canvas').first();
  }

  /** Lets cursor and samples follow the newest step. */
  async follow(): Promise<void> {
    const button = this.button('Follow the newest grid');
    if ((await button.getAttribute('aria-pressed')) !== 'true') await button.click();
  }

  /** What this page was told of the curves of a run; undefined before it was told anything. */
  heard(folder: string): Promise<HeardCurves | undefined> {
    return heardCurves(this.frame, folder);
  }

  /** Shows or hides the table of values below a chart. */
  async toggleTable(chart: Locator): Promise<void> {
    await chart.hover();
    await chart.getByRole('button', { name: /^Actions for/ }).click();
    await chart.getByRole('menuitemcheckbox', { name: 'Table of Values' }).click();
    await this.frame.locator('body').press('Escape');
  }
}
