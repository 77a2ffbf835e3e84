import { expect, it } from 'vitest';
import { accessibilityProblems } from './accessibility';
import { describeCheckpoint } from './checkpointTest';
import {
  FOREIGN,
  inventedForeign,
  inventedLong,
  inventedQuick,
  inventedTable3,
  QUICK,
} from './inventedInspection';
import { themes } from './loadedPage';
import { answerNext, askedFor } from './shownInspection';
import { inventedGradients } from './inventedPictures';

describeCheckpoint('the page of a weight file', (open) => {
  it('is accessible in every theme', async () => {
    const { loaded, page } = await open([inventedForeign()], {
      state: { others: [], view: { panel: 'file' } },
    });
    await loaded.tell({ type: 'problem', message: 'Something did not work.' });
    await loaded.tell({ type: 'note', message: 'The file has been written anew.' });
    await page.getByRole('status').getByText('The file has been written anew.').waitFor();
    await page.getByRole('alert').getByRole('button', { name: 'Dismiss' }).waitFor();
    for (const theme of themes) {
      await loaded.wear(theme);
      expect(await accessibilityProblems(page)).toEqual([]);
    }
  });

  it('is accessible and no wider than a panel of 320 pixels', async () => {
    const { page } = await open([inventedQuick(), inventedLong(3, 60)], {
      width: 320,
      height: 700,
      state: { others: [], view: { panel: 'samples' } },
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    const wide = await page.evaluate(() => {
      const body = document.querySelector('.page-body');
      return body ? body.scrollWidth - body.clientWidth : undefined;
    });
    expect(wide).toBe(0);
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('says what the file is, and asks for what its buttons say', async () => {
    const { loaded, page } = await open([inventedQuick()]);
    const facts = await page.locator('.file-facts').innerText();
    expect(facts).toContain('SN-GAN, step 800 of 800');
    expect(facts).toContain('40 arrays');
    await page.getByRole('button', { name: 'Copy Path' }).click();
    expect(await loaded.heard('copy')).toEqual({ type: 'copy', text: QUICK });
    await page.getByRole('button', { name: 'Compare With…' }).click();
    await loaded.heard('addFiles');
    await page.getByRole('button', { name: 'Open Run' }).click();
    await page.getByRole('button', { name: 'Reveal in Folder' }).click();
    await page.getByRole('button', { name: 'Read Again' }).click();
    await expect
      .poll(() => loaded.said.flatMap((said) => (said.type === 'open' ? [said.place] : [])))
      .toEqual(['run', 'folder', 'again']);
  });

  it('says why a file cannot be read, and reads it again when asked', async () => {
    const { loaded, page } = await open([inventedQuick()]);
    const why = 'The header ends beyond the file, which is damaged; copy it again.';
    await loaded.tell({ type: 'unreadable', file: QUICK, why });
    await page.getByRole('alert').getByText(why).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('main').getByRole('button', { name: 'Read Again' }).click();
    expect(await loaded.heard('open')).toMatchObject({ file: QUICK, place: 'again' });
    await loaded.tell({ type: 'listing', file: QUICK, listing: inventedQuick() });
    await page.getByRole('grid', { name: 'Layers' }).waitFor();
  });

  it('shows how far the inspection is, stops it and goes on', async () => {
    const { loaded, page } = await open([inventedQuick()], { computed: false });
    const grid = page.getByRole('grid', { name: 'Layers' });
    await loaded.tell({
      type: 'state',
      file: QUICK,
      state: { kind: 'working', doing: 'spectra', layer: 'd.conv4', done: 2, total: 8 },
    });
    await page.getByText('Singular values, 3 of 8: d.conv4').waitFor();
    const bar = page.getByRole('progressbar', { name: 'Inspection' });
    expect(await bar.getAttribute('aria-valuenow')).toBe('2');
    expect(await grid.getAttribute('aria-busy')).toBe('true');
    expect(await grid.getByText('···').count()).toBeGreaterThan(20);
    const details = page.getByRole('region', { name: 'Details of d.conv1' });
    expect(await details.getByText('···').count()).toBeGreaterThan(10);
    await details.getByText('Not computed yet.').waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect(await loaded.heard('cancel')).toEqual({ type: 'cancel', file: QUICK });
    await loaded.tell({ type: 'state', file: QUICK, state: { kind: 'cancelled' } });
    await page.getByRole('button', { name: 'Continue' }).click();
    expect(await loaded.heard('compute')).toEqual({ type: 'compute', file: QUICK, layers: [] });
    expect(await grid.getByText('···').count()).toBe(0);
    expect(await details.getByText('···').count()).toBe(0);
    await details.getByText('Not computed.').waitFor();
    await loaded.tell({ type: 'state', file: QUICK, state: { kind: 'done' } });
    await page.getByText('Everything is computed.').waitFor({ state: 'attached' });
  });

  it('says what was found where there are no layers', async () => {
    const { page } = await open([inventedForeign({ layers: [], networks: [], flaws: [] })]);
    await page.getByRole('heading', { name: 'No linear layers were found' }).waitFor();
    await page.getByText('The file holds 18 arrays, such as module.main.0.weight_orig').waitFor();
  });

  it('tells whether the network is 1-Lipschitz, with bounds by their certainty', async () => {
    const { loaded, page } = await open([inventedQuick()]);
    const verdict = page.getByRole('region', { name: 'Verdict' });
    await verdict.getByText(/d is not 1-Lipschitz by construction/).waitFor();
    const bounds = await verdict.locator('dl.bounds').innerText();
    expect(bounds).toMatch(/Guaranteed bound\s+≤ 3\.764 upper bound/);
    expect(bounds).toMatch(/Product of σ\(W̄\)\s+1\.023 no bound/);
    await verdict.getByRole('button', { name: 'Measure on images' }).click();
    await answerNext(loaded, 'gradients', inventedGradients(64));
    await verdict.getByText('≥ 2.340').waitFor();
    await verdict.getByText(/between 2\.34 \(mean 0\.97\d?\); 64 images each/).waitFor();
    await verdict.getByText(/d is not 1-Lipschitz\. Guaranteed is at most/).waitFor();
    await verdict.getByRole('button', { name: 'Measure on 256 images' }).click();
    const { ask } = await askedFor(loaded, 'gradients');
    await loaded.tell({ type: 'refused', ask, why: 'There are no images any more.' });
    await verdict.getByText('There are no images any more.').waitFor();
  });

  it('leads from a warning to its layer', async () => {
    const { page } = await open([inventedForeign()]);
    const warnings = page.getByRole('list', { name: 'Warnings' });
    await warnings.getByRole('button', { name: /^module\.main\.4: u was not saved/ }).click();
    await page.getByRole('region', { name: 'Details of module.main.4' }).waitFor();
  });

  it('shows another network of the file when asked', async () => {
    const { page } = await open([inventedQuick()]);
    await page.getByRole('combobox', { name: 'Network' }).click();
    await page.getByRole('option', { name: 'g (generator)', exact: true }).click();
    await page.getByRole('row', { name: /g\.conv3/ }).waitFor();
    expect(await page.getByRole('row', { name: /d\.conv1/ }).count()).toBe(0);
    await page.getByText(/g is a generator, of which no bound is told/).waitFor();
  });

  it('compares files layer by layer, and takes one away', async () => {
    const { loaded, page } = await open([inventedQuick(), inventedForeign(), inventedTable3()]);
    const rows = page.getByRole('grid', { name: 'Layers' }).getByRole('row');
    const names = await rows.evaluateAll((all) =>
      all.slice(1).map((row) => row.querySelector('.layer-name-text')?.textContent),
    );
    expect(names.slice(0, 4)).toEqual(['d.conv1', 'module.main.0', 'd.conv1', 'd.conv2']);
    // What only one of the files has comes after what all have.
    expect(names.slice(-3)).toEqual(['d.conv5', 'd.conv6', 'd.conv7']);
    const bounds = page.getByRole('region', { name: 'Bounds' });
    expect(await bounds.getByRole('columnheader').count()).toBe(4);
    expect(await bounds.getByRole('row', { name: /^1-Lipschitz/ }).innerText()).toContain(
      'not guaranteed',
    );
    await page.getByRole('button', { name: 'In Words' }).click();
    await page.getByText(/module\.main is not 1-Lipschitz by construction/).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    const details = page.getByRole('region', { name: 'Details of d.conv1' });
    expect(
      await details
        .getByRole('row', { name: /σ exact/ })
        .getByRole('cell')
        .count(),
    ).toBe(3);
    const remove = page.getByRole('button', { name: /^Remove discriminator-epoch-40/ });
    await remove.click();
    expect(await loaded.heard('removeFile')).toEqual({ type: 'removeFile', file: FOREIGN });
    await loaded.tell({ type: 'files', files: [QUICK] });
    await expect.poll(() => rows.count()).toBe(6);

    await expect.poll(async () => (await loaded.keptState())?.others).toEqual([]);
  });

  it('comes back as it was left, and asks for the files that it showed', async () => {
    const { loaded, page } = await open([inventedQuick(), inventedForeign()], {
      state: {
        others: [FOREIGN, '/elsewhere/gone.pth'],
        view: {
          panel: 'file',
          layers: ['d.conv3'],
          table: { filter: 'conv', sort: { column: 'sigma', descending: true } },
          step: 'no number',
        },
      },
      preferences: { columns: ['sigma', 'nan'], spectrum: 'broken' },
    });
    expect(await loaded.heard('ready')).toMatchObject({ others: [FOREIGN, '/elsewhere/gone.pth'] });
    await page.getByRole('region', { name: 'Details of d.conv3' }).waitFor();
    const heads = page.getByRole('grid', { name: 'Layers' }).getByRole('columnheader');
    expect(await heads.allInnerTexts()).toEqual(['Layer', 'σ exact', 'NaN, ∞']);
    expect(await heads.nth(1).getAttribute('aria-sort')).toBe('descending');
    const tab = page.getByRole('tab', { name: 'File' });
    expect(await tab.getAttribute('aria-selected')).toBe('true');
    await tab.press('Home');
    await expect
      .poll(async () => (await loaded.keptState())?.view)
      .toMatchObject({ panel: 'spectrum', layers: ['d.conv3'], step: null });
  });
});
