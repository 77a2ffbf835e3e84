import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { CheckpointPage } from './checkpointPage';
import { DashboardPage } from './dashboardPage';
import { useSession } from './session';
import { withoutVsCode } from './vscode';
import type { Workbench } from './workbench';

/**
 * Pictures of the editor for README and walkthrough, of runs that were trained before:
 *
 *     SN_GAN_TEST_PICTURES=media/screenshots SN_GAN_TEST_PICTURE_RUNS=runs \
 *       npx vitest run --config test/vitest.config.mts test/e2e/pictures.test.ts
 *
 * The runs need the names below; the first trains on while its picture is taken.
 */
const { SN_GAN_TEST_PICTURES: pictures, SN_GAN_TEST_PICTURE_RUNS: runs } = process.env;
const names = {
  first: 'emoji-quick',
  others: ['no spectral norm', 'emoji-seed-7'],
  failed: 'diverges',
};

/** A trainer has to start, and to end with a checkpoint. */
const patience = { timeout: 90_000 };

/** A part of the window, in CSS pixels. */
interface Clip {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}
const sideBar: Clip = { x: 0, y: 35, width: 348, height: 330 };

const reason =
  withoutVsCode ||
  (pictures === undefined || runs === undefined
    ? ' (skipped: set SN_GAN_TEST_PICTURES and SN_GAN_TEST_PICTURE_RUNS)'
    : '');

describe.skipIf(reason)(`pictures of the editor${reason}`, () => {
  describe.each([
    ['dark', 'Default Dark Modern'],
    ['light', 'Default Light Modern'],
  ])('in the %s theme', (shade, theme) => {
    const session = useSession({
      settings: { 'workbench.colorTheme': theme, 'window.menuBarVisibility': 'hidden' },
    });
    const take = async (window: Workbench, name: string, clip?: Clip): Promise<void> => {
      mkdirSync(pictures ?? '', { recursive: true });
      await window.page.mouse.move(0, 0);
      const file = path.join(pictures ?? '', `${name}-${shade}.png`);
      await window.page.screenshot({ path: file, ...(clip ? { clip } : {}) });
    };

    it('shows a training, a comparison, a failure and places where nothing is yet', async () => {
      const folder = session().makeFolder('faces');
      writeFileSync(path.join(folder, 'demo.sngan.json'), '{\n  "preset": "quick"\n}\n');
      const window = await session().open(folder);
      const { page } = window;
      await page.setViewportSize({ width: 1600, height: 1000 });
      await window.openContainer('SN-GAN');
      await page.getByText('Nothing has been trained here yet').waitFor();
      await take(window, 'empty', sideBar);

      cpSync(runs ?? '', path.join(folder, 'runs'), { recursive: true });
      const first = window.treeItem(new RegExp(`^${names.first}`));
      await first.waitFor();
      await window.treeItem(new RegExp(`^${names.failed}`)).waitFor();
      await take(window, 'explorer', sideBar);

      // A click gets lost while the list takes runs in.
      await vi.waitFor(async () => {
        await first.click();
        await window.tab(names.first).waitFor({ timeout: 2_000 });
      }, patience);
      const dashboard = new DashboardPage(window.webview());
      await dashboard.grid.waitFor();
      await dashboard.button(/^Resume/).click();
      await window.answer('4000');
      await expect.poll(() => dashboard.status.textContent(), patience).toMatch(/Running/);
      const before = await dashboard.step();
      await expect.poll(() => dashboard.step(), patience).toBeGreaterThan(before + 10);
      await take(window, 'dashboard');

      await page.setViewportSize({ width: 560, height: 1000 });
      await window.runCommand('View: Close Primary Side Bar');
      await take(window, 'narrow');
      await page.setViewportSize({ width: 1600, height: 1000 });
      await window.runCommand('SN-GAN: Stop');
      await expect.poll(() => dashboard.status.textContent(), patience).toMatch(/Stopped/);

      await window.openContainer('SN-GAN');
      // The list moves when a run ends, perhaps under the pointer.
      await vi.waitFor(async () => {
        await window.treeItem(new RegExp(`^${names.failed}`)).click();
        await expect.poll(() => dashboard.name.textContent()).toBe(names.failed);
      }, patience);
      await take(window, 'failed');

      await first.click();
      for (const name of names.others) {
        const item = window.treeItem(new RegExp(`^${name}`));
        await item.click({ modifiers: ['Control'] });
      }
      await window.chooseFromMenu(first, 'Compare Runs…');
      await dashboard.frame.getByText(names.others[0]).first().waitFor();
      await take(window, 'compare');
      await window.close();
    });

    it('shows the spectra of a checkpoint', async () => {
      const folder = session().makeFolder('weights');
      cpSync(runs ?? '', path.join(folder, 'runs'), { recursive: true });
      const window = await session().open(folder);
      await window.page.setViewportSize({ width: 1600, height: 1200 });
      await window.openContainer('SN-GAN');
      const run = window.treeItem(new RegExp(`^${names.first}`));
      await run.waitFor();
      await window.chooseFromMenu(run, 'Inspect Checkpoint…');
      await window.tab(/safetensors/).waitFor();
      await window.runCommand('View: Close Primary Side Bar');
      const checkpoint = new CheckpointPage(window.webview());
      await checkpoint.verdict.filter({ hasText: 'Lipschitz' }).waitFor();
      await expect.poll(() => checkpoint.pending.count(), patience).toBe(0);
      // The layers that say most: narrow at first, wide at last.
      for (const layer of ['d.conv2', 'd.conv3', 'd.conv4']) {
        await checkpoint.row(layer).click({ modifiers: ['ControlOrMeta'] });
      }
      await checkpoint.figures.first().waitFor();
      await take(window, 'checkpoint');
      await window.close();
    });
  });
});
