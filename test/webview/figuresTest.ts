import type { Locator } from 'playwright-core';
import { describe } from 'vitest';
import type {
  CheckpointPageState,
  FromCheckpointPage,
  ToCheckpointPage,
} from '../../src/shared/checkpointPage';
import type { FileListing } from '../../src/shared/inspection';
import type { Answer, Question } from '../../src/shared/inspectionQuestions';
import {
  defaultPreferences,
  type PanelName,
  type Preferences,
  type view,
} from '../../webview/checkpoint/viewState';
import { withoutChromium } from './chromium';
import { inventedNumbers } from './inventedInspection';
import { LoadedPage, type PageOptions } from './loadedPage';
import { usePages } from './pages';

type View = typeof view;
type Loaded = LoadedPage<ToCheckpointPage, FromCheckpointPage, CheckpointPageState>;

interface FiguresOptions extends PageOptions<CheckpointPageState> {
  readonly panel?: PanelName;
}

/**
 * Tests of the page of figures.
 *
 * @param tests given what opens a page; it is closed after the test, and nothing may have been
 *   complained of
 */
export function describeFigures(
  title: string,
  tests: (open: (options?: FiguresOptions) => Promise<FiguresTest>) => void,
): void {
  describe.skipIf(withoutChromium)(`${title}${withoutChromium}`, () => {
    const pages = usePages('figuresPage');
    let usual: FiguresTest | undefined;
    const load = async (options: PageOptions<CheckpointPageState> = {}): Promise<Loaded> => {
      const loaded: Loaded = await LoadedPage.open(pages.browser, 'figuresPage', {
        width: 1000,
        height: 900,
        ...options,
        folders: { webview: pages.bundle },
      });
      await loaded.heard('ready');
      return loaded;
    };
    tests(async ({ panel = 'spectrum', ...options } = {}) => {
      // Most tests want the same page; to begin anew takes it a tenth of the time of loading.
      const special = Object.keys(options).length > 0;
      const test = special
        ? new FiguresTest(pages.watch(await load(options)))
        : (usual ??= new FiguresTest(pages.keep(await load())));
      await test.begin(panel);
      return test;
    });
  });
}

/** One panel of figures, and what a test wants to know of it. */
export class FiguresTest {
  constructor(readonly loaded: Loaded) {}

  /** Shows a panel without files, as if nothing had been chosen yet. */
  async begin(panel: PanelName): Promise<void> {
    const { page, loaded } = this;
    await page.keyboard.press('Escape');
    await page.mouse.move(0, 0);
    await loaded.tell({ type: 'init', files: [], preferences: undefined });
    await page.evaluate(
      ([name, preferences]) => {
        const { view } = window as unknown as { view: View };
        view.panel.value = name;
        view.preferences.value = preferences;
        view.layers.value = [];
        view.step.value = null;
      },
      [panel, defaultPreferences] as const,
    );
    await page.getByText('as soon as the file has been read').waitFor();
    loaded.said.length = 0;
  }

  get page(): Loaded['page'] {
    return this.loaded.page;
  }

  /** Shows files with invented numbers of all their layers. */
  async show(...listings: readonly FileListing[]): Promise<void> {
    const { loaded } = this;
    const files = listings.map(({ file }) => file);
    await loaded.tell({ type: 'init', files, preferences: undefined });
    for (const [i, listing] of listings.entries()) {
      const { file } = listing;
      await loaded.tell({ type: 'listing', file, listing });
      for (const layer of listing.layers) {
        const numbers = inventedNumbers(layer, i + 1);
        await loaded.tell({ type: 'numbers', file, layer: layer.name, numbers });
      }
      await loaded.tell({ type: 'state', file, state: { kind: 'done' } });
    }
  }

  /** Waits for the newest question of a kind, and answers it in parts. */
  async answer<K extends Question['kind']>(kind: K, ...parts: readonly Answer[]): Promise<void> {
    const { ask } = await this.asked(kind);
    for (const [i, answer] of parts.entries()) {
      await this.loaded.tell({ type: 'answer', ask, answer, last: i === parts.length - 1 });
    }
  }

  /** Waits for a question of a kind that has not been waited for yet. */
  async asked<K extends Question['kind']>(
    kind: K,
  ): Promise<{ ask: number; file: string; question: Extract<Question, { kind: K }> }> {
    for (let i = 0; i < 200; i++) {
      const at = this.loaded.said.findIndex(
        (message) => message.type === 'ask' && message.question.kind === kind,
      );
      if (at >= 0) {
        const [message] = this.loaded.said.splice(at, 1);
        return message as never;
      }
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`The page never asked for ${kind}.`);
  }

  /** Sets a signal of the view. */
  async setView(name: string, value: unknown): Promise<void> {
    await this.page.evaluate(
      ([signal, next]) => {
        const { view } = window as unknown as { view: Record<string, { value: unknown }> };
        view[signal].value = next;
      },
      [name, value] as const,
    );
  }

  /** The preferences as they are now. */
  async preferences(): Promise<Preferences> {
    return this.page.evaluate(
      () =>
        (window as unknown as { view: { preferences: { value: Preferences } } }).view.preferences
          .value,
    );
  }

  /** The card of a figure. */
  card(title: string | RegExp): Locator {
    return this.page.getByRole('region', { name: title });
  }

  /** Ticks or clears a box. */
  async tick(label: string): Promise<void> {
    await this.page.getByRole('checkbox', { name: label, exact: true }).click();
  }

  /** Chooses from the menu of a figure. */
  async choose(card: Locator, label: string, detail?: string): Promise<void> {
    await card.getByRole('button', { name: /^Actions for/ }).click();
    const item = card.locator('[role^=menuitem]').filter({ hasText: label });
    await (detail === undefined ? item : item.filter({ hasText: detail })).first().click();
  }

  /** The file that a figure is saved as. Bytes cross the test's wire as an object of numbers. */
  async saved(
    card: Locator,
    label: string,
    detail: string,
  ): Promise<{ name: string; bytes: Buffer }> {
    this.loaded.said.length = 0;
    await this.choose(card, label, detail);
    const { name, contents } = await this.loaded.heard('save');
    return { name, bytes: Buffer.from(Object.values(contents)) };
  }

  /** What of an SVG tests look at; fails where it is not well-formed. */
  async readSvg(bytes: Buffer): Promise<{ root: string; texts: string[]; curves: number }> {
    return this.page.evaluate((source) => {
      const { documentElement } = new DOMParser().parseFromString(source, 'image/svg+xml');
      return {
        root: documentElement.nodeName,
        texts: [...documentElement.querySelectorAll('text')].map((text) => text.textContent ?? ''),
        curves: documentElement.querySelectorAll('g path[fill=none][stroke-linejoin]').length,
      };
    }, bytes.toString('utf8'));
  }
}
