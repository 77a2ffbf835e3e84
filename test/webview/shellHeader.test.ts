import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { RunView } from '../../src/shared/dashboard';
import { actionsOf } from '../../src/shared/runActions';
import type { RunStatus } from '../../src/shared/runFolder';
import { withoutChromium } from './chromium';
import { inventedRun } from './invention';
import type { LoadedPage } from './loadedPage';
import { usePages } from './pages';
import { showRuns, tellRuns, type ShownOptions } from './shownRuns';

describe.skipIf(withoutChromium)(`the header of a dashboard${withoutChromium}`, () => {
  const pages = usePages();
  let usual: LoadedPage | undefined;
  let loaded: LoadedPage | undefined;

  /** Shows a run; without options in a page that goes from test to test, which loads only once. */
  async function show(change: Partial<RunView> = {}, options?: ShownOptions): Promise<Page> {
    if (options) loaded = pages.watch(await showRuns(pages.browser, [change], options));
    else {
      loaded = usual ??= pages.keep(await showRuns(pages.browser, [], { rows: 0 }));
      await beginAnew(loaded, change);
    }
    return loaded.page;
  }
  const header = (page: Page) => page.getByRole('banner');
  const buttons = (page: Page): Promise<string[]> =>
    page
      .getByRole('toolbar', { name: 'Actions of this run' })
      .getByRole('button')
      .evaluateAll((all) =>
        all.map((button) => {
          const host = (button.getRootNode() as ShadowRoot).host;
          return host.getAttribute('aria-label') ?? host.textContent.trim();
        }),
      );

  const states: readonly (readonly [RunStatus, string, readonly string[]])[] = [
    ['running', 'Running', ['Pause', 'Stop', 'Save Checkpoint Now', 'Draw Samples Now']],
    ['paused', 'Paused', ['Resume', 'Stop', 'Save Checkpoint Now', 'Draw Samples Now']],
    ['finished', 'Finished', ['Resume']],
    ['stopped', 'Stopped', ['Resume']],
    ['failed', 'Failed', ['Resume']],
    ['dead', 'Ended without notice', ['Resume']],
    ['elsewhere', 'Running on another machine', []],
  ];
  it.each(states)('says of a run that is %s: %s, and offers %j', async (status, word, actions) => {
    const page = await show({ status });
    expect(await header(page).locator('.status').textContent()).toBe(word);
    expect(await buttons(page)).toEqual([...actions, 'More Actions', 'Keyboard Shortcuts']);
  });

  it('tells steps, time, speed, runtime and memory', async () => {
    const page = await show({}, {});
    const facts = await page.locator('.fact').allTextContents();
    expect(facts).toEqual([
      'Step2,000 of 20,000 (10%)',
      'Remaining3 h 19 min',
      'Trained for22 min',
      'Speed96.4 images/s',
      'Runtimetensorflow, AMD EPYC 7B13, 2 threads',
      'Memory1.4 GB (310 MB of tensors)',
    ]);
    await page.getByText('AMD EPYC 7B13').focus();
    const tooltip = page.getByRole('tooltip');
    await tooltip.waitFor();
    expect(await tooltip.textContent()).toContain('Fastest of those that work here.');
  });

  it('tells where convolutions are made in bfloat16', async () => {
    const { config } = inventedRun();
    const page = await show(config && { config: { ...config, precision: 'bf16' } });
    const runtime = page.locator('.fact', { hasText: 'Runtime' });
    expect(await runtime.locator('dd').textContent()).toMatch(/^tensorflow \(bf16\), AMD/);
  });

  it('tells no time that remains where nothing goes on', async () => {
    const page = await show({ status: 'paused' });
    const facts = (await page.locator('.fact').allTextContents()).join();
    expect(facts).not.toContain('Remaining');
    expect(facts).toContain('Last speed');
  });

  it('asks for what was clicked, and shows that until something came of it', async () => {
    const page = await show({}, { rows: 0 });
    const pause = page.getByRole('button', { name: 'Pause' });
    await pause.click();
    expect((await loaded?.heard('action'))?.action).toBe('pause');
    await expect.poll(() => pause.getAttribute('aria-busy')).toBe('true');
    await pause.click({ force: true });
    expect(loaded?.said.filter(({ type }) => type === 'action')).toHaveLength(1);
    // A snapshot that shows only progress does not end the waiting.
    const run = inventedRun({ samples: [] });
    await loaded?.tell({ type: 'run', run });
    expect(await pause.getAttribute('aria-busy')).toBe('true');
    const paused = inventedRun({ status: 'paused', samples: [] });
    await loaded?.tell({ type: 'run', run: paused });
    const resume = page.getByRole('button', { name: 'Resume' });
    await resume.waitFor();
    expect(await resume.getAttribute('aria-busy')).toBe('false');
    await expect
      .poll(() => page.locator('[role=status]').allTextContents())
      .toContain('faces: Paused');
  });

  it('lets go of a button when what it asked for did not work, and says why', async () => {
    const page = await show();
    const save = page.getByRole('button', { name: 'Save Checkpoint Now' });
    await save.click();
    await expect.poll(() => save.getAttribute('aria-busy')).toBe('true');
    const message = 'The disk is full: no checkpoint was saved.';
    await loaded?.tell({ type: 'problem', message });
    await page.getByRole('alert').getByText(message).waitFor();
    await expect.poll(() => save.getAttribute('aria-busy')).toBe('false');
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await page.getByText(message).waitFor({ state: 'detached' });
  });

  it.each([
    ['Pause', 'pause'],
    ['Stop', 'stop'],
    ['Save Checkpoint Now', 'checkpoint'],
    ['Draw Samples Now', 'sample'],
  ] as const)('asks for %s with the run it means', async (name, action) => {
    const page = await show({ key: '/runs/mine' });
    await page
      .getByRole('toolbar', { name: 'Actions of this run' })
      .getByRole('button', { name })
      .click();
    expect(await loaded?.heard('action')).toEqual({ type: 'action', key: '/runs/mine', action });
  });

  it.each([
    ['Open Config', { type: 'open', place: 'config' }],
    ['Open Log', { type: 'open', place: 'log' }],
    ['Reveal Run Folder', { type: 'open', place: 'folder' }],
    ['Open in TensorBoard', { type: 'open', place: 'tensorboard' }],
    ['Export All Curves CSV', { type: 'exportScalars', format: 'csv' }],
    ['Export All Curves JSON', { type: 'exportScalars', format: 'json' }],
  ] as const)('leads to %s', async (name, message) => {
    const page = await show();
    await page.getByRole('button', { name: 'More Actions' }).click();
    await page.getByRole('menuitem', { name }).click();
    expect(await loaded?.heard(message.type)).toEqual({ ...message, key: inventedRun().key });
  });

  it('exports no animation where there are no grids, and chooses runs to compare with', async () => {
    const page = await show();
    await page.getByRole('button', { name: 'More Actions' }).click();
    const animation = page.getByRole('menuitem', { name: 'Export All Grids as Animation GIF' });
    expect(await animation.getAttribute('aria-disabled')).toBe('true');
    await animation.click({ force: true });
    await page.getByRole('menuitem', { name: 'Compare With…' }).click();
    await loaded?.heard('addRuns');
    expect(loaded?.said.some(({ type }) => type === 'exportAnimation')).toBe(false);
  });

  it('says that another window controls the run, and takes control', async () => {
    const page = await show({ control: 'elsewhere' });
    await page.getByText('Another window controls this run').waitFor();
    await page.getByRole('button', { name: 'Take Control' }).click();
    expect(await loaded?.heard('action')).toMatchObject({ action: 'takeControl' });
  });

  it('says why a workspace may not train, and offers nothing', async () => {
    const restricted = 'This workspace is not trusted: runs can be looked at and not trained.';
    const page = await show({ restricted, actions: actionsOf('stopped', 'here', false) });
    await page.getByText(restricted).waitFor();
    expect(await buttons(page)).toEqual(['More Actions', 'Keyboard Shortcuts']);
  });

  it('cuts a long name off and tells it whole, with star and note', async () => {
    const name = 'a name that is much longer than any header is wide '.repeat(6).trim();
    const page = await show(
      { name, annotations: { format: 1, starred: true, note: 'Too dark.' } },
      { width: 640 },
    );
    const title = page.getByRole('heading', { level: 1 });
    expect(await title.evaluate((h1) => h1.scrollWidth > h1.clientWidth)).toBe(true);
    expect(await page.evaluate(() => document.body.scrollWidth)).toBe(640);
    await title.hover();
    await expect.poll(() => page.getByRole('tooltip').textContent()).toBe(name);
    await page.getByRole('img', { name: 'Starred' }).waitFor();
    await page.getByText('Too dark.').waitFor();
  });

  it('shows its keys with ?, and closes them with Escape', async () => {
    const page = await show({}, { rows: 1 });
    await page.keyboard.press('?');
    const dialog = page.getByRole('dialog', { name: 'Keyboard Shortcuts' });
    await dialog.getByText('Follow the newest step').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByRole('textbox', { name: 'Filter charts' }).press('?');
    expect(await dialog.isVisible()).toBe(false);
  });

  describe('of a run that ended badly', () => {
    const lines = ['10:38:11 INFO one', '10:38:12 ERROR <b>two</b> & three'];

    it('says why it failed, with the last lines of its log and ways on', async () => {
      const made = inventedRun({ status: 'failed' });
      const identity = { ...made.identity, reason: 'Step 2000: loss/d is NaN.' };
      const page = await show({ status: 'failed', identity, lastLogLines: lines });
      const panel = page.getByRole('region', { name: 'Why training ended' });
      await panel.getByText('Training failed at step 2,000').waitFor();
      await panel.getByText('Step 2000: loss/d is NaN.').waitFor();
      expect(await panel.locator('pre').textContent()).toBe(lines.join('\n'));
      await panel.getByRole('button', { name: 'Open Log' }).click();
      expect(await loaded?.heard('open')).toMatchObject({ place: 'log' });
      await panel.getByRole('button', { name: 'Resume from Step 2,000' }).click();
      expect(await loaded?.heard('action')).toMatchObject({ action: 'resume' });
    });

    it('copies the lines', async () => {
      const page = await show({ status: 'dead', lastLogLines: lines });
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await page
        .getByRole('region', { name: 'Why training ended' })
        .getByRole('button', { name: 'Copy' })
        .click();
      await expect
        .poll(() => page.evaluate(() => navigator.clipboard.readText()))
        .toBe(lines.join('\n'));
    });

    it('says what is known of a dead one, and offers the beginning without a checkpoint', async () => {
      const reason = 'Its trainer ended when memory ran out, as its log says.';
      const page = await show({ status: 'dead', reason, checkpoints: [] });
      await page.getByText(reason).waitFor();
      await page.getByRole('button', { name: 'Resume from the Beginning' }).waitFor();
    });

    it('offers no resuming where the workspace may not train', async () => {
      const page = await show({ status: 'dead', actions: [], restricted: 'Not trusted.' });
      await page.getByRole('button', { name: 'Open Log' }).waitFor();
      expect(await page.getByRole('button', { name: /Resume/ }).count()).toBe(0);
    });
  });
});

/** Shows a run as if nothing had been shown or asked for before. */
async function beginAnew(loaded: LoadedPage, change: Partial<RunView>): Promise<void> {
  const { page } = loaded;
  await page.mouse.move(0, 0);
  await loaded.tell({ type: 'init', keys: [], preferences: undefined });
  await page.getByText('This run is no longer there.').waitFor();
  // A problem ends the waiting for what was asked.
  await loaded.tell({ type: 'problem', message: 'All of it was refused.' });
  await page.getByRole('button', { name: 'Dismiss' }).click();
  loaded.said.length = 0;
  await tellRuns(loaded, [change], { rows: 2 });
}
