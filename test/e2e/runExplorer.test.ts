import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { readAnnotations } from '../../src/runs/annotations';
import { readRun } from '../../src/runs/runIdentity';
import { DashboardPage } from './dashboardPage';
import { useSession } from './session';
import { trainedRun } from './trainedRun';
import { withoutVsCode } from './vscode';
import type { Workbench } from './workbench';

const patience = { timeout: 60_000, interval: 200 };

describe.skipIf(withoutVsCode)(`the list of runs in VS Code${withoutVsCode}`, () => {
  const session = useSession();
  let window: Workbench;
  let folders: Record<'alpha' | 'beta' | 'gamma', string>;
  beforeAll(async () => {
    const workspace = session().makeFolder('work');
    const runs = path.join(workspace, 'runs');
    folders = {
      alpha: await trainedRun(runs, 'alpha'),
      beta: await trainedRun(runs, 'beta', { seed: 7, optimizer: { learningRate: 0.002 } }),
      gamma: await trainedRun(runs, 'gamma'),
    };
    window = await session().open(workspace);
    await window.openContainer('SN-GAN');
  });

  it('shows what there is, and what is in it', async () => {
    for (const name of Object.keys(folders)) {
      await window.treeItem(new RegExp(`^${name}, Finished, step 20 of 20`)).waitFor();
    }
    await window
      .treeItem(/^gamma/)
      .locator('.monaco-tl-twistie')
      .click();
    for (const part of ['Checkpoints', 'Samples', 'Config', 'Log', 'TensorBoard Events']) {
      await window.treeItem(part).waitFor();
    }
    await window
      .treeItem(/^gamma/)
      .locator('.monaco-tl-twistie')
      .click();
  });

  it('offers only commands that can do something', async () => {
    const commands = async (): Promise<string[]> => window.commandsLike('SN-GAN: ');
    await expect.poll(commands, patience).toContain('SN-GAN: Compare Runs…');
    const offered = await commands();
    for (const title of ['Pause', 'Stop', 'Take Control', 'Save Checkpoint Now', 'Rename…']) {
      expect(offered).not.toContain(`SN-GAN: ${title}`);
    }
    expect(offered).toContain('SN-GAN: Train…');
  });

  it('compares the runs that are selected', async () => {
    const dashboard = new DashboardPage(window.webview());
    await window.treeItem(/^alpha/).click();
    await dashboard.name.filter({ hasText: 'alpha' }).waitFor();
    await window.treeItem(/^beta/).click({ modifiers: ['ControlOrMeta'] });
    await window.chooseFromMenu(window.treeItem(/^beta/), 'Compare Runs…');
    const { frame } = dashboard;
    for (const name of ['alpha', 'beta']) await frame.getByText(name).first().waitFor();
    const losses = dashboard.chart('Losses');
    await dashboard.toggleTable(losses);
    await losses.getByRole('combobox', { name: 'Run in the table' }).waitFor();
    await losses.getByText('Rows 1 to 20 of 20').waitFor();
    await frame.getByText('optimizer.learningRate').first().waitFor();
    expect(await frame.getByText('seed', { exact: true }).count()).toBeGreaterThan(0);
    expect(await frame.getByText('nDis', { exact: true }).count()).toBe(0);
  });

  it('renames and stars without touching what the trainer wrote', async () => {
    const before = await readRun(folders.gamma);
    await window.chooseFromMenu(window.treeItem(/^gamma/), 'Rename…');
    await window.answer('the good one');
    await window.treeItem(/^the good one/).waitFor();
    await window.chooseFromMenu(window.treeItem(/^the good one/), 'Star');
    await window.treeItem(/^the good one, Finished, starred/).waitFor();
    expect(await readAnnotations(folders.gamma)).toEqual({
      format: 1,
      name: 'the good one',
      starred: true,
    });
    expect(await readRun(folders.gamma)).toEqual(before);
  });

  it('deletes after it has said what is lost', async () => {
    // Of several that are selected, all would go.
    await window.treeItem(/^beta/).click();
    await window.chooseFromMenu(window.treeItem(/^beta/), 'Delete…');
    const question = window.dialog('Delete the run "beta"?');
    await question.getByText(/checkpoints \(\d+\) and sample grids \(\d+\)/).waitFor();
    await question.getByRole('button', { name: 'Move to Trash' }).click();
    // A server has no trash.
    await window
      .dialog('cannot be moved to the trash')
      .getByRole('button', { name: 'Delete for Ever' })
      .click();
    await window.treeItem(/^beta/).waitFor({ state: 'detached' });
    await expect.poll(() => existsSync(folders.beta), patience).toBe(false);
    expect(existsSync(folders.alpha)).toBe(true);
  });

  it('notices a run that comes from elsewhere', async () => {
    await trainedRun(path.dirname(folders.alpha), 'delta');
    await window.treeItem(/^delta, Finished/).waitFor();
  });
});
