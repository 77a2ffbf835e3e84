import path from 'node:path';
import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { DashboardPage } from './dashboardPage';
import { useSession } from './session';
import { trainedRun } from './trainedRun';
import { withoutVsCode } from './vscode';
import type { Workbench } from './workbench';

const patience = { timeout: 60_000, interval: 500 };

describe.skipIf(withoutVsCode)(`an untrusted workspace in VS Code${withoutVsCode}`, () => {
  const session = useSession({
    workspaceTrust: true,
    settings: { 'security.workspace.trust.startupPrompt': 'never' },
  });
  let window: Workbench;
  let dashboard: DashboardPage;
  beforeAll(async () => {
    const workspace = session().makeFolder('work');
    await trainedRun(path.join(workspace, 'runs'), 'from elsewhere');
    writeFileSync(path.join(workspace, 'theirs.sngan.json'), '{ "preset": "quick" }\n');
    window = await session().open(workspace);
    dashboard = new DashboardPage(window.webview());
    await window.statusBarItem('Restricted Mode').waitFor();
  });

  it('lets its runs be looked at', async () => {
    await window.openContainer('SN-GAN');
    await window.treeItem(/^from elsewhere, Finished/).click();
    await dashboard.status.filter({ hasText: 'Finished' }).waitFor();
    await dashboard.chart('Losses').waitFor();
    await dashboard.grid.waitFor();
  });

  it('offers no training and says why', async () => {
    await dashboard.frame
      .getByText(/not trusted/)
      .first()
      .waitFor();
    expect(await dashboard.button('Resume').count()).toBe(0);
    const commands = await window.commandsLike('SN-GAN');
    expect(commands).toContain('SN-GAN: Open Dashboard');
    expect(commands).not.toContain('SN-GAN: Train…');
    expect(commands).not.toContain('SN-GAN: Resume');
  });

  it('shows what a config would train and has no button for it', async () => {
    await window.openContainer('Explorer');
    await window.treeItem('theirs.sngan.json').dblclick();
    const lens = window.page.locator('.codelens-decoration');
    await lens.getByText(/emoji-32 at 32 px/).waitFor();
    expect(await lens.getByRole('button', { name: 'Train' }).count()).toBe(0);
    expect(await lens.locator('a').count()).toBe(0);
  });

  it('trains once it is trusted', async () => {
    await window.runCommand('Workspaces: Manage Workspace Trust');
    await window.page
      .locator('.workspace-trust-editor')
      .getByRole('button', { name: 'Trust', exact: true })
      .click();
    await expect.poll(() => window.commandsLike('SN-GAN'), patience).toContain('SN-GAN: Train…');
  });
});
