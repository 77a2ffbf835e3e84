import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, BrowserContext, FrameLocator, Locator, Page } from 'playwright-core';
import { recordCurves } from './heardCurves';
import type { VsCodeServer } from './server';

/** Where pictures of failed tests go. */
const pictures = path.join(tmpdir(), 'sn-gan-e2e');

/** A window of VS Code, used as a person does: keyboard, mouse, and what can be read on it. */
export class Workbench {
  /** Violations of a content security policy; a test wants none. */
  readonly complaints: string[] = [];

  private constructor(
    readonly page: Page,
    private readonly context: BrowserContext,
  ) {}

  /** @param folder the workspace; none opens an empty window */
  static async open(browser: Browser, server: VsCodeServer, folder?: string): Promise<Workbench> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    await recordCurves(context);
    const page = await context.newPage();
    // Two cores may be busy with a trainer, a browser and an editor.
    page.setDefaultTimeout(60_000);
    const address = new URL(`http://${server.authority}/`);
    if (folder !== undefined) address.searchParams.set('folder', folder);
    else address.searchParams.set('ew', 'true');
    address.searchParams.set('payload', JSON.stringify([['skipWelcome', 'true']]));
    const workbench = new Workbench(page, context);
    page.on('console', (message) => {
      if (/Content Security Policy/.test(message.text())) workbench.complaints.push(message.text());
    });
    await page.goto(address.href);
    await workbench.ready();
    return workbench;
  }

  /** Reloads the window as a person does: the extension host ends, and a new one begins. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('load');
    await this.runCommand('Developer: Reload Window');
    await loaded;
    await this.ready();
  }

  /** Loads the window anew while nobody can be told of its end, as after a crash. */
  async reopen(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Closes the window as a person does: it says goodbye, and its extension host ends. */
  async close(): Promise<void> {
    const closed = this.page.waitForEvent('close');
    await this.page.close({ runBeforeUnload: true });
    await closed;
    await this.context.close();
  }

  /** Runs a command by its title in the palette. */
  async runCommand(title: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.openQuickInput('F1', `>${title}`);
        await this.row(title).click({ timeout: 5_000 });
        return;
      } catch (error) {
        // Right after a start, late changes of the focus close the palette.
        if (attempt === 5) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** The titles that the palette offers for a text, the best first. */
  async commandsLike(text: string): Promise<string[]> {
    await this.openQuickInput('F1', `>${text}`);
    const rows = this.page.locator('.quick-input-list .monaco-list-row');
    await rows.first().waitFor();
    const labels = await rows.locator('.label-name').allTextContents();
    await this.page.keyboard.press('Escape');
    return labels;
  }

  /** Chooses a row of the list that is open. */
  async choose(label: string | RegExp): Promise<void> {
    await this.row(label).click();
  }

  /** A row of the list that is open. */
  row(label: string | RegExp): Locator {
    const rows = this.page.locator('.quick-input-widget:visible .monaco-list-row');
    const name = typeof label === 'string' ? new RegExp(`^${escape(label)}$`) : label;
    return rows
      .filter({ has: this.page.locator('.label-name, .quick-input-list-label', { hasText: name }) })
      .first();
  }

  /** Types into the box that is open, and confirms it. */
  async answer(text: string): Promise<void> {
    const box = this.page.locator('.quick-input-widget:visible input[type="text"]');
    await box.fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** The document inside a webview; of several visible ones, the n-th. */
  webview(n = 0): FrameLocator {
    return this.page
      .locator('iframe.webview.ready:visible')
      .nth(n)
      .contentFrame()
      .locator('iframe#active-frame')
      .contentFrame();
  }

  treeItem(name: string | RegExp): Locator {
    return this.page.getByRole('treeitem', { name }).first();
  }

  /** Opens a view container of the activity bar, unless it is open. */
  async openContainer(title: string): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: title });
    if ((await tab.getAttribute('aria-selected')) !== 'true') await tab.click();
  }

  /** Clicks an entry of the context menu of an item. */
  async chooseFromMenu(item: Locator, entry: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await item.click({ button: 'right' });
        const found = this.page.getByRole('menuitem', { name: entry, exact: true }).first();
        // Menus take no clicks right after they open, so that their own opening is none.
        await found.hover({ timeout: 5_000 });
        await this.page.keyboard.press('Enter');
        await found.waitFor({ state: 'hidden', timeout: 5_000 });
        return;
      } catch (error) {
        // An editor that opens takes the focus, which closes menus.
        if (attempt === 5) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Clicks an inline button of a tree item. */
  async clickInline(item: Locator, title: string | RegExp): Promise<void> {
    await item.hover();
    await item.getByRole('button', { name: title }).first().click();
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item', { hasText: text });
  }

  /** A modal question; its buttons are found by their names. */
  dialog(text: string | RegExp): Locator {
    return this.page.locator('.monaco-dialog-box', { hasText: text });
  }

  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar .statusbar-item', { hasText: text });
  }

  /** The tab of an editor. */
  tab(name: string | RegExp): Locator {
    return this.page.locator('.tabs-container').getByRole('tab', { name }).first();
  }

  /** Keeps a picture of the window, for whoever has to find out why a test failed. */
  async picture(name: string): Promise<string> {
    mkdirSync(pictures, { recursive: true });
    const file = path.join(pictures, `${name.replace(/\W+/g, '-')}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  private async ready(): Promise<void> {
    const bar = this.page.locator('.monaco-workbench .activitybar .action-label');
    await bar.first().waitFor({ timeout: 60_000 });
  }

  private async openQuickInput(key: string, text: string): Promise<void> {
    await this.page.keyboard.press(key);
    const box = this.page.locator('.quick-input-widget .quick-input-box input');
    await box.waitFor({ timeout: 5_000 });
    await box.fill(text);
  }
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
