import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { DashboardPage } from './dashboardPage';
import { lives, RunOnDisk } from './runOnDisk';
import { useSession } from './session';
import { withoutVsCode } from './vscode';
import type { Workbench } from './workbench';

const patience = { timeout: 60_000, interval: 100 };

describe.skipIf(withoutVsCode)(`training from nothing in VS Code${withoutVsCode}`, () => {
  // A point of the curves at every step: a step of the quick preset takes a good part of a second.
  const session = useSession({ settings: { 'snGan.logEvery': 1 } });
  let window: Workbench;
  let dashboard: DashboardPage;
  let run: RunOnDisk;
  beforeAll(async () => {
    window = await session().open();
    dashboard = new DashboardPage(window.webview());
  });

  it('takes two picks until a dashboard opens', async () => {
    await window.runCommand('SN-GAN: Train…');
    await window.choose(/Built-in Emoji/);
    await window.choose(/^quick/);
    await window.tab('emoji-32').waitFor();
    await dashboard.name.filter({ hasText: 'emoji-32' }).waitFor();
    run = RunOnDisk.newest(path.join(session().server.folder, 'home/sn-gan/runs'));
    await dashboard.status.filter({ hasText: 'Running' }).waitFor({ timeout: 60_000 });
  });

  it('draws curves and a grid of samples', async () => {
    const losses = dashboard.chart('Losses');
    await expect.poll(() => run.step(), patience).toBeGreaterThan(3);
    await dashboard.toggleTable(losses);
    await expect.poll(() => losses.locator('tbody tr').count(), patience).toBeGreaterThan(3);
    const [first] = await run.rows();
    const cells = await losses.locator('tbody tr').first().locator('th, td').allTextContents();
    expect(cells[0]).toBe(String(first.step));
    expect(Number(cells[2])).toBeCloseTo(first['loss/d'], 5);
    await dashboard.toggleTable(losses);

    await dashboard.grid.waitFor();
    expect(await coloursOf(dashboard)).toBeGreaterThan(50);
  });

  it('says in the status bar how far it is', async () => {
    await window.statusBarItem(/emoji-32: \d+ \/ 800/).waitFor();
  });

  it('stands still while it pauses', async () => {
    await window.runCommand('SN-GAN: Pause');
    await dashboard.status.filter({ hasText: 'Paused' }).waitFor();
    const rows = await run.rows();
    // Longer than any two steps so far.
    const longest = Math.max(...rows.slice(1).map(({ time }, row) => time - rows[row].time));
    await sleep(2_000 * longest + 500);
    expect(await run.rows()).toHaveLength(rows.length);
    expect((await run.identity()).state).toBe('paused');
    expect(await dashboard.step()).toBe(rows.at(-1)?.step);
  });

  it('saves a checkpoint and draws samples when asked to', async () => {
    const step = await run.step();
    expect(await run.checkpoints()).not.toContain(step);
    await window.runCommand('SN-GAN: Save Checkpoint Now');
    await expect.poll(() => run.checkpoints(), patience).toContain(step);

    await dashboard.button('Draw Samples Now').click();
    await expect.poll(() => run.samples(), patience).toContain(step);
    await dashboard.frame.getByText(`Step ${step}`, { exact: true }).first().waitFor();
  });

  it('goes on where it stood', async () => {
    const step = await run.step();
    await dashboard.button('Resume').click();
    await dashboard.status.filter({ hasText: 'Running' }).waitFor();
    await expect.poll(() => run.step(), patience).toBeGreaterThan(step);
    const steps = (await run.rows()).map((row) => row.step);
    expect(steps).toEqual(steps.map((_, row) => row + 1));
  });

  it('reaches the dashboard quickly', async () => {
    const heard = await dashboard.heard(run.folder);
    // Those of the run's first rows came while the page was still loading.
    const delays = [...(heard?.delays ?? [])].slice(1).sort((a, b) => a - b);
    const median = delays[Math.floor(delays.length / 2)];
    console.log(`From write to page: ${median} ms (median of ${delays.length})`);
    // Wanted are 200 ms; a busy machine may need longer, a page that polls would need seconds.
    expect(median).toBeLessThan(1_000);
  });

  it('stops with a checkpoint and leaves no process behind', async () => {
    const pid = await run.pid();
    await window.runCommand('SN-GAN: Stop');
    await dashboard.status.filter({ hasText: 'Stopped' }).waitFor();
    await expect.poll(() => lives(pid), patience).toBe(false);
    const { state, progress } = await run.identity();
    expect(state).toBe('stopped');
    expect(await run.checkpoints()).toContain(progress.step);
    await window.statusBarItem(/emoji-32/).waitFor({ state: 'hidden' });
  });

  it('is activated quickly', async () => {
    await window.runCommand('Developer: Show Running Extensions');
    const row = window.page.locator('.runtime-extensions-editor .extension', { hasText: 'SN-GAN' });
    const time = await row.locator('.activation-time').textContent();
    console.log(`SN-GAN in the list of running extensions: ${time}`);
    // Measured while the window itself starts; wanted are 50 ms.
    expect(Number(/(\d+)ms/.exec(time ?? '')?.[1])).toBeLessThan(1_000);
  });
});

/** How many colours the sample grid has: one that is blank has one. */
function coloursOf(dashboard: DashboardPage): Promise<number> {
  return dashboard.grid.evaluate((canvas: HTMLCanvasElement) => {
    const context = canvas.getContext('2d');
    const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    const colours = new Set<number>();
    for (let i = 0; i < data.length; i += 4) {
      colours.add((data[i] << 16) | (data[i + 1] << 8) | data[i + 2]);
    }
    return colours.size;
  });
}
