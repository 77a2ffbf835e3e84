import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { DashboardPage } from './dashboardPage';
import { differenceFromFile } from './heardCurves';
import { lives, RunOnDisk } from './runOnDisk';
import { useSession } from './session';
import { tinyConfig } from './trainedRun';
import { withoutVsCode } from './vscode';
import type { Workbench } from './workbench';

/** How far a page is when the window is loaded anew once more. */
const moments = [
  ['before the page is there', async () => {}],
  ['while the page is told', (dashboard) => dashboard.name.waitFor()],
  ['once the page has been told all', (dashboard, run) => expectCurvesOf(run, dashboard)],
] satisfies [string, (dashboard: DashboardPage, run: RunOnDisk) => Promise<void>][];
const patience = { timeout: 120_000, interval: 100 };

describe.skipIf(withoutVsCode)(`coming back to a training in VS Code${withoutVsCode}`, () => {
  const session = useSession();
  let workspace: string;
  let window: Workbench;
  let dashboard: DashboardPage;
  let run: RunOnDisk;
  beforeAll(async () => {
    workspace = session().makeFolder('work');
    // Many steps a second and no end, so that there is always something to miss.
    const config = { ...tinyConfig, steps: 1_000_000, checkpoints: { every: 100 } };
    writeFileSync(path.join(workspace, 'tiny.sngan.json'), JSON.stringify(config, null, 2));
    window = await session().open(workspace);
    dashboard = new DashboardPage(window.webview());
  });

  it('begins with the lens above a config file', async () => {
    await window.treeItem('tiny.sngan.json').dblclick();
    await window.page.locator('.codelens-decoration a', { hasText: 'Train' }).click();
    await dashboard.status.filter({ hasText: 'Running' }).waitFor({ timeout: 60_000 });
    run = RunOnDisk.newest(path.join(workspace, 'runs'));
    await expect.poll(() => run.samples(), patience).toContain(10);
  });

  it('finds the view as it was left after a reload of the window', async () => {
    const smoothing = dashboard.frame.getByRole('spinbutton', { name: 'Smoothing, as a number' });
    const scores = dashboard.chart('Scores');
    await smoothing.fill('0.9');
    await smoothing.press('Enter');
    await scores.hover();
    await scores.getByRole('button', { name: 'Pin to the Top' }).click();
    await dashboard.button('First grid').click();
    await dashboard.frame.getByText('grid 1 of').waitFor();

    await window.reload();
    await dashboard.status.filter({ hasText: 'Running' }).waitFor();
    await expect.poll(() => smoothing.inputValue(), patience).toBe('0.9');
    await scores.hover();
    await scores.getByRole('button', { name: 'Unpin' }).waitFor();
    await dashboard.frame.getByText('grid 1 of').waitFor();
    await dashboard.follow();
  });

  it.each(moments)('has neither a gap nor a double in its curves, reloaded %s', async (_, come) => {
    const pid = await run.pid();
    await window.reopen();
    await come(dashboard, run);
    await window.reopen();
    await expectCurvesOf(run, dashboard);
    expect(await window.page.locator('.tabs-container .tab').count()).toBe(2);
    expect(await run.pid()).toBe(pid);
    console.log(`${(await run.rows()).length} rows were compared`);
  });

  it('goes on training while VS Code is not there, and commands it again afterwards', async () => {
    const step = await run.step();
    await session().server.stop();
    await expect.poll(() => run.step(), patience).toBeGreaterThan(step + 10);
    await session().server.listen();
    await window.reopen();
    await expectCurvesOf(run, dashboard);
    await dashboard.button('Pause').click();
    await dashboard.status.filter({ hasText: 'Paused' }).waitFor();
  });

  it('shows every row of the file in the table of a chart', async () => {
    const losses = dashboard.chart('Losses');
    // The table shows the rows around the cursor.
    await dashboard.follow();
    await dashboard.toggleTable(losses);
    const rows = await run.rows();
    const count = new Intl.NumberFormat('en').format(rows.length);
    await losses.getByText(new RegExp(`^Rows [\\d,]+ to ${count} of ${count}$`)).waitFor();
    const shown = await losses
      .locator('tbody tr')
      .evaluateAll((lines) =>
        lines.map((line) => [...line.querySelectorAll('th, td')].map((cell) => cell.textContent)),
      );
    const written = rows.slice(-shown.length);
    expect(shown.map(([step]) => step)).toEqual(
      written.map(({ step }) => new Intl.NumberFormat('en').format(step)),
    );
    expect(shown.map(([, , loss]) => Number(loss))).toEqual(
      written.map((row) => Number(Math.fround(row['loss/d']).toPrecision(7))),
    );
    await dashboard.toggleTable(losses);
    await dashboard.button('Resume').click();
    await dashboard.status.filter({ hasText: 'Running' }).waitFor();
  });

  it('lets one of two windows control the run, and both watch it', async () => {
    const other = await session().open(workspace);
    const watching = new DashboardPage(other.webview());
    await other.openContainer('SN-GAN');
    await other.treeItem(/tiny|sn-gan/).click();
    await watching.frame.getByText('Another window controls this run').waitFor();
    expect(await watching.button('Pause').count()).toBe(0);
    await expectCurvesOf(run, watching);

    await watching.button('Take Control').click();
    await watching.button('Pause').waitFor();
    await dashboard.frame.getByText('Another window controls this run').waitFor();
    await watching.button('Pause').click();
    await dashboard.status.filter({ hasText: 'Paused' }).waitFor();
    await watching.button('Resume').click();
    await dashboard.status.filter({ hasText: 'Running' }).waitFor();
    await expectCurvesOf(run, dashboard);
    await other.close();
    await dashboard.button('Pause').waitFor();
  });

  it.each(['Running', 'Paused'])('explains and resumes a trainer killed while %s', async (word) => {
    const pid = await run.pid();
    await expect.poll(() => run.checkpoints(), patience).not.toEqual([]);
    if (word === 'Paused') await dashboard.button('Pause').click();
    await dashboard.status.filter({ hasText: word }).waitFor();
    process.kill(pid, 'SIGKILL');
    const end = dashboard.frame.getByRole('region', { name: 'Why training ended' });
    await end.waitFor();
    await end.locator('.log-lines').waitFor();
    await end.getByRole('button', { name: /Resume from Step/ }).click();
    await dashboard.status.filter({ hasText: 'Running' }).waitFor({ timeout: 60_000 });
    expect(await run.pid()).not.toBe(pid);
    const step = await run.step();
    await expect.poll(() => run.step(), patience).toBeGreaterThan(step);
    await expectCurvesOf(run, dashboard);
  });

  it('is commanded from the list of runs', async () => {
    const pid = await run.pid();
    await window.openContainer('SN-GAN');
    await window.clickInline(window.treeItem(/Running, step/), 'Pause');
    await dashboard.status.filter({ hasText: 'Paused' }).waitFor();
    await window.clickInline(window.treeItem(/Paused, step/), 'Resume');
    await dashboard.status.filter({ hasText: 'Running' }).waitFor();
    await window.chooseFromMenu(window.treeItem(/Running, step/), 'Stop');
    await dashboard.status.filter({ hasText: 'Stopped' }).waitFor();
    await expect.poll(() => lives(pid), patience).toBe(false);
    await expectCurvesOf(run, dashboard);
  });
});

/** Waits until a page has all that the file now holds, and holds it against the file. */
async function expectCurvesOf(run: RunOnDisk, dashboard: DashboardPage): Promise<void> {
  const { length } = await run.rows();
  await dashboard.name.waitFor();
  const heard = async (): Promise<number> => (await dashboard.heard(run.folder))?.steps.length ?? 0;
  await expect.poll(heard, patience).toBeGreaterThanOrEqual(length);
  const curves = await dashboard.heard(run.folder);
  if (curves === undefined) throw new Error('The page has just been told of the curves.');
  expect(differenceFromFile(curves, await run.rows())).toBeUndefined();
}
