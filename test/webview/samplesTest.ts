import type { Locator } from 'playwright-core';
import { PNG } from 'pngjs';
import { expect } from 'vitest';
import type { RunView } from '../../src/shared/dashboard';
import type { View } from '../../webview/dashboard/viewState';
import { colourOf, GRID_COUNT, GRID_SIZE, type Rgb } from './colourGrids';
import { inventedRun } from './invention';
import { LoadedPage, type PageOptions } from './loadedPage';
import type { Pages } from './pages';

export interface SamplesOptions extends PageOptions {
  /** The folder `/run/` of the page, from `makeColourRun`. */
  readonly runFolder: string;
  /** What may be complained of; nothing unless given. */
  readonly complaints?: RegExp;
}

/** What is missing is looked for again after two seconds; a busy machine needs some more. */
const PATIENCE_MS = 15_000;

/** Samples and scrubber with a run, and what a test wants to know of them. */
export class SamplesTest {
  private constructor(readonly loaded: LoadedPage) {}

  /** @param pages of `samplesPage`; one closes it after the test */
  static async open(pages: Pages, options: SamplesOptions): Promise<SamplesTest> {
    const { runFolder, folders, complaints, ...rest } = options;
    const loaded = await LoadedPage.open(pages.browser, 'samplesPage', {
      width: 420,
      height: 700,
      ...rest,
      folders: { webview: pages.bundle, run: runFolder, ...folders },
    });
    await loaded.heard('ready');
    return new SamplesTest(pages.watch(loaded, complaints));
  }

  get page(): LoadedPage['page'] {
    return this.loaded.page;
  }

  get slider(): Locator {
    return this.page.getByRole('slider', { name: 'Step of the sample grid' });
  }

  get grid(): Locator {
    return this.page.getByRole('grid').first();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** A run with grids at these steps. */
  run(samples: readonly number[], change: Partial<RunView> = {}): RunView {
    const made = inventedRun({ baseUri: `${this.loaded.origin}/run`, samples, ...change });
    const { config, identity } = made;
    if (!config) throw new Error('An invented run has a config.');
    const step = samples.at(-1) ?? 0;
    return {
      ...made,
      config: {
        ...config,
        data: { ...config.data, size: GRID_SIZE },
        samples: { every: 100, count: GRID_COUNT },
        ...change.config,
      },
      identity: { ...identity, progress: { ...identity.progress, step }, ...change.identity },
    };
  }

  /** Shows runs, as if the dashboard had just been opened. */
  async show(...runs: readonly RunView[]): Promise<void> {
    await this.loaded.tell({ type: 'init', keys: runs.map(({ key }) => key), preferences: {} });
    for (const run of runs) await this.tell(run);
  }

  /** Tells of a change of a run. */
  async tell(run: RunView): Promise<void> {
    await this.loaded.tell({ type: 'run', run });
  }

  /** Sentences that the page shows until they are dismissed. */
  async problems(): Promise<readonly string[]> {
    return this.page.evaluate(
      () => (window as unknown as { problems: { value: string[] } }).problems.value,
    );
  }

  /** The step that charts and grids show. */
  async cursor(): Promise<number | null> {
    return this.page.evaluate(() => (window as unknown as { view: View }).view.cursor.value);
  }

  /** Moves the cursor as a chart does. */
  async setCursor(step: number | null): Promise<void> {
    await this.page.evaluate((to) => {
      (window as unknown as { view: View }).view.cursor.value = to;
    }, step);
  }

  async prefer(change: Partial<View['preferences']['value']>): Promise<void> {
    await this.page.evaluate((given) => {
      const { preferences } = (window as unknown as { view: View }).view;
      preferences.value = { ...preferences.value, ...given };
    }, change);
  }

  /** What an element looks like on the screen. */
  async picture(element: Locator): Promise<PNG> {
    return PNG.sync.read(await element.screenshot());
  }

  /** The colour in the middle of an image of a grid, as it is seen. */
  async seenColour(cell = 0, grid = this.grid): Promise<Rgb> {
    const png = await this.picture(grid);
    const x = Math.round(png.width * (cell % 2 === 0 ? 0.26 : 0.74));
    const y = Math.round(png.height * (cell < 2 ? 0.26 : 0.74));
    return colourAt(png, x, y);
  }

  /** Waits until the grid of a step is seen. */
  async expectGrid(step: number, grid = this.grid): Promise<void> {
    await expect
      .poll(async () => [await this.colourOrNothing(grid)], { timeout: PATIENCE_MS })
      .toEqual([colourOf(step, 0)]);
  }

  /** Nothing may be complained of, save missing files where a test takes them away. */
  expectNoComplaints(but: RegExp = /^$/): void {
    expect(this.loaded.complaints.filter((complaint) => !but.test(complaint))).toEqual([]);
  }

  private async colourOrNothing(grid: Locator): Promise<Rgb | string> {
    return (await grid.isVisible()) ? this.seenColour(0, grid) : 'no grid';
  }
}

/** The colour of a pixel. */
export function colourAt(png: PNG, x: number, y: number): Rgb {
  const at = (y * png.width + x) * 4;
  return [png.data[at], png.data[at + 1], png.data[at + 2]];
}
