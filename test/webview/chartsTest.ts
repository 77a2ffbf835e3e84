import type { Locator } from 'playwright-core';
import { describe, expect } from 'vitest';
import type { FromDashboard, ToDashboard } from '../../src/shared/dashboard';
import type { Preferences, View } from '../../webview/dashboard/viewState';
import { withoutChromium } from './chromium';
import { inventedRows, inventedRun } from './invention';
import { LoadedPage, type PageOptions } from './loadedPage';
import { type Pages, usePages } from './pages';

type Rows = Extract<ToDashboard, { type: 'rows' }>;

/** The values of the view's signals. */
export type ViewValues = { [Name in keyof View]: View[Name]['value'] };

/**
 * Tests of the page of charts.
 *
 * @param tests given what opens a page; it is closed after the test, and nothing may have been
 *   complained of
 */
export function describeCharts(
  title: string,
  tests: (open: (options?: PageOptions) => Promise<ChartsTest>) => void,
): void {
  describe.skipIf(withoutChromium)(`${title}${withoutChromium}`, () => {
    const pages = usePages('chartsPage');
    tests((options) => ChartsTest.open(pages, options));
  });
}

/** A page of charts with runs, and what a test wants to know of it. */
export class ChartsTest {
  private constructor(readonly loaded: LoadedPage) {}

  static async open(pages: Pages, options: PageOptions = {}): Promise<ChartsTest> {
    const loaded = await LoadedPage.open(pages.browser, 'chartsPage', {
      width: 1000,
      height: 900,
      ...options,
      folders: { webview: pages.bundle },
    });
    await loaded.heard('ready');
    return new ChartsTest(pages.watch(loaded));
  }

  get page(): LoadedPage['page'] {
    return this.loaded.page;
  }

  /** Shows runs with these rows, named by their keys. */
  async show(...rows: readonly Rows[]): Promise<void> {
    const keys = rows.map(({ key }) => key);
    await this.loaded.tell({ type: 'init', keys, preferences: {} });
    for (const chunk of rows) {
      const run = inventedRun({ key: chunk.key, name: chunk.key.split('/').at(-1) ?? '' });
      await this.loaded.tell({ type: 'run', run });
      await this.loaded.tell(chunk);
    }
  }

  /** Shows the invented run of 200 rows, a row every ten steps, and waits until it is drawn. */
  async showOne(): Promise<void> {
    await this.show(inventedRows('/runs/faces'));
    await this.expectDrawn('loss');
  }

  card(name: string): Locator {
    return this.page.locator(`.chart[data-chart="${name}"]`);
  }

  /** What takes the focus of a chart. */
  plot(name: string): Locator {
    return this.card(name).getByRole('application');
  }

  /** What the pointer acts on. */
  over(name: string): Locator {
    return this.card(name).locator('.u-over');
  }

  async expectDrawn(name: string): Promise<void> {
    await this.over(name).waitFor();
  }

  /** A place over a chart, as shares of its plotting area. */
  async placeIn(name: string, x: number, y: number): Promise<{ x: number; y: number }> {
    const box = await this.over(name).boundingBox();
    if (!box) throw new Error(`The chart ${name} is not on the page.`);
    return { x: box.x + x * box.width, y: box.y + y * box.height };
  }

  async hover(name: string, x: number, y = 0.5): Promise<void> {
    const place = await this.placeIn(name, x, y);
    await this.page.mouse.move(place.x, place.y);
  }

  /** Drags over a chart. */
  async drag(
    name: string,
    from: readonly [number, number],
    to: readonly [number, number],
    button: 'left' | 'middle' = 'left',
  ): Promise<void> {
    const [start, end] = [await this.placeIn(name, ...from), await this.placeIn(name, ...to)];
    await this.page.mouse.move(start.x, start.y);
    await this.page.mouse.down({ button });
    await this.page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2);
    await this.page.mouse.move(end.x, end.y);
    await this.page.mouse.up({ button });
  }

  /** Chooses from the menu of a chart. */
  async choose(name: string, label: string, nth = 0): Promise<void> {
    await this.card(name).hover();
    await this.card(name)
      .getByRole('button', { name: /^Actions for/ })
      .click();
    await this.card(name).locator('[role^=menuitem]', { hasText: label }).nth(nth).click();
    // What is ticked leaves the menu open, so that more can be.
    const menu = this.card(name).getByRole('menu');
    if (await menu.isVisible()) await this.page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
  }

  /** What the legend says beside a name: the value as it is drawn. */
  async value(chart: string, name: string): Promise<string> {
    const entry = this.card(chart).locator('.legend-entry', { hasText: name }).first();
    return entry.locator('.legend-value').innerText();
  }

  async expectValue(chart: string, name: string, text: string): Promise<void> {
    await expect.poll(() => this.value(chart, name)).toBe(text);
  }

  async view<Name extends keyof View>(name: Name): Promise<ViewValues[Name]> {
    return this.page.evaluate((asked) => {
      const { view } = window as unknown as { view: View };
      return view[asked].value as never;
    }, name);
  }

  async setView<Name extends keyof View>(name: Name, value: ViewValues[Name]): Promise<void> {
    await this.page.evaluate(
      ([asked, given]) => {
        const { view } = window as unknown as { view: View };
        view[asked].value = given;
      },
      [name, value] as const,
    );
  }

  async prefer(change: Partial<Preferences>): Promise<void> {
    await this.setView('preferences', { ...(await this.view('preferences')), ...change });
  }

  /** Whether a colour, or one very near, is drawn in a part of a chart; shares of the plot. */
  async hasColour(
    name: string,
    colour: readonly [number, number, number],
    part: { left: number; top: number; right: number; bottom: number } = whole,
  ): Promise<boolean> {
    return this.card(name)
      .locator('.u-wrap > canvas')
      .evaluate(
        (canvas: HTMLCanvasElement, [wanted, { left, top, right, bottom }]) => {
          const over = canvas.parentElement?.querySelector<HTMLElement>('.u-over');
          const context = canvas.getContext('2d');
          if (!over || !context) return false;
          const { offsetLeft, offsetTop, offsetWidth, offsetHeight } = over;
          const { data } = context.getImageData(
            Math.floor(offsetLeft + left * offsetWidth),
            Math.floor(offsetTop + top * offsetHeight),
            Math.max(1, Math.round((right - left) * offsetWidth)),
            Math.max(1, Math.round((bottom - top) * offsetHeight)),
          );
          for (let i = 0; i < data.length; i += 4) {
            const far = wanted.some((part, k) => Math.abs(part - data[i + k]) > 12);
            if (!far && data[i + 3] > 200) return true;
          }
          return false;
        },
        [colour, part] as const,
      );
  }

  /** Everything of a type that the page has said. */
  said<T extends FromDashboard['type']>(type: T): Extract<FromDashboard, { type: T }>[] {
    return this.loaded.said.filter(
      (message): message is Extract<FromDashboard, { type: T }> => message.type === type,
    );
  }
}

const whole = { left: 0, top: 0, right: 1, bottom: 1 };

/** `--vscode-charts-blue` and `--vscode-charts-orange` of the dark theme. */
export const blue = [55, 148, 255] as const;
export const orange = [209, 134, 22] as const;
