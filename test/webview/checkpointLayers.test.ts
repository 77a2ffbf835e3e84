import { expect, it } from 'vitest';
import { cellsOf, describeCheckpoint, textOf } from './checkpointTest';
import { FOREIGN, inventedForeign, inventedNumbers, inventedQuick } from './inventedInspection';

describeCheckpoint('the table of layers', (open) => {
  it('sorts by a head, filters, and copies what it shows', async () => {
    const { loaded, page } = await open([inventedQuick()]);
    const names = async (): Promise<string[]> =>
      (await cellsOf(page, 'Layers')).slice(1).map(([name]) => name);
    expect(await names()).toEqual(['d.conv1', 'd.conv2', 'd.conv3', 'd.conv4', 'd.fc']);
    const head = page.getByRole('columnheader', { name: 'Shape' });
    await head.getByRole('button').click();
    await expect.poll(() => head.getAttribute('aria-sort')).toBe('ascending');
    expect(await names()).toEqual(['d.conv1', 'd.fc', 'd.conv2', 'd.conv3', 'd.conv4']);
    await head.getByRole('button').click();
    expect((await names())[0]).toBe('d.conv4');
    await page.getByRole('textbox', { name: 'Filter layers by name or kind' }).fill('dense');
    await expect.poll(names).toEqual(['d.fc']);
    await page.getByRole('button', { name: 'Copy as Table' }).click();
    const [first, second] = (await loaded.heard('copy')).text
      .split('\n')
      .map((line) => line.split('\t'));
    expect(first.slice(0, 3)).toEqual(['Layer', 'Kind', 'Shape']);
    const dense = inventedQuick().layers[4];
    const exact = inventedNumbers(dense).spectrum.values[0];
    // All digits, whatever the table shows.
    expect(second[first.indexOf('σ exact')]).toBe(String(exact));
    await page.getByRole('textbox', { name: 'Filter layers by name or kind' }).fill('nothing');
    await page.getByText('No layer is called like that.').waitFor();
  });

  it('saves all columns as CSV and everything as JSON', async () => {
    const { loaded, page } = await open([inventedQuick()]);
    await page.getByRole('button', { name: 'Save Table' }).click();
    await page.getByRole('menuitem', { name: /All Columns/ }).click();
    const { name, contents } = await loaded.heard('save');
    expect(name).toBe('step-000800-layers.csv');
    const lines = textOf(contents).trimEnd().split('\r\n');
    expect(lines).toHaveLength(6);
    expect(lines[0]).toContain('"NaN, ∞"');
    expect(lines[1]).toContain('"3×3, stride 1, pad 1, on 32×32"');
    loaded.said.length = 0;
    await page.getByRole('button', { name: 'Save Table' }).click();
    await page.getByRole('menuitem', { name: /Everything/ }).click();
    const json = JSON.parse(textOf((await loaded.heard('save')).contents)) as {
      layers: {
        name: string;
        numbers: { spectrum: { values: number[] } };
        used: { norm: number };
      }[];
    };
    const [layer] = inventedQuick().layers;
    const { spectrum, operator, weight } = inventedNumbers(layer);
    expect(json.layers[0].numbers.spectrum.values).toEqual([...spectrum.values]);
    expect(json.layers[0].used.norm).toBe(operator.norm.value / (weight.estimate ?? 1));
  });

  it('shows the columns that were chosen, and remembers them', async () => {
    const { loaded, page } = await open([inventedQuick()]);
    await page.getByRole('button', { name: 'Choose Columns' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Effective rank' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Kind' }).click();
    await page.keyboard.press('Escape');
    const heads = await page.getByRole('grid').getByRole('columnheader').allInnerTexts();
    expect(heads).toContain('Effective rank');
    expect(heads).not.toContain('Kind');
    const columns = async (): Promise<string[]> =>
      ((await loaded.heard('preferences')).preferences as { columns: string[] }).columns;
    await expect.poll(columns).not.toContain('kind');
    expect(await columns()).toContain('effectiveRank');
  });

  it('is walked through by keys, which choose layers for details and figures', async () => {
    const { loaded, page } = await open([inventedQuick()]);
    const row = (name: RegExp) => page.getByRole('grid').getByRole('row', { name });
    await row(/d\.conv1/).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const focused = () => page.evaluate(() => document.activeElement?.textContent.slice(0, 7));
    expect(await focused()).toBe('d.conv3');
    await page.keyboard.press('Space');
    expect(await row(/d\.conv3/).getAttribute('aria-selected')).toBe('true');
    expect(await row(/d\.conv1/).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('End');
    expect(await focused()).toContain('d.fc');
    await page.keyboard.press('Enter');
    const heading = page.getByRole('heading', { name: 'd.fc' });
    await expect.poll(() => heading.evaluate((h) => document.activeElement === h)).toBe(true);
    await expect
      .poll(async () => (await loaded.keptState())?.view)
      .toMatchObject({ layers: ['d.fc'] });
    // One stop of the Tab key for all rows, and one for all heads.
    expect(await page.locator('.layer-table tbody [tabindex="0"]').count()).toBe(1);
    expect(await page.locator('.layer-table thead [tabindex="0"]').count()).toBe(1);
  });

  it('fills in as numbers come, and computes what is costly only when asked', async () => {
    const listing = inventedQuick();
    const [first, second, ...rest] = listing.layers;
    const costly = { ...listing, layers: [first, { ...second, costly: true }, ...rest] };
    const { loaded, page } = await open([costly], { computed: false });
    const { file } = listing;
    const numbers = inventedNumbers(first);
    await loaded.tell({ type: 'numbers', file, layer: first.name, numbers });
    const row = page.getByRole('grid').getByRole('row', { name: /d\.conv1/ });
    await row.getByText(numbers.spectrum.values[0].toFixed(4)).waitFor();
    await page.getByRole('button', { name: 'Compute 1 costly layer' }).waitFor();
    const other = page.getByRole('grid').getByRole('row', { name: /d\.conv2/ });
    await other.getByRole('button', { name: 'Compute' }).click();
    expect(await loaded.heard('compute')).toEqual({ type: 'compute', file, layers: ['d.conv2'] });
    await expect.poll(() => other.getByText('···').count()).toBeGreaterThan(3);
    const refused = 'It has more numbers than memory.';
    await loaded.tell({ type: 'numbers', file, layer: second.name, numbers: { refused } });
    await expect.poll(() => other.getByText('···').count()).toBe(0);
    await other.getByText(refused).waitFor({ state: 'attached' });
  });

  it('marks what is guessed, and takes corrections that make sense', async () => {
    const listing = inventedForeign();
    const { loaded, page } = await open([listing]);
    const cell = page.getByRole('grid').getByRole('row', { name: /module\.main\.0/ });
    expect(await cell.innerText()).toContain('stride 1?');
    expect(await cell.locator('.geometry').last().textContent()).toContain('stride 1? (guessed)');
    const details = page.getByRole('region', { name: 'Details of module.main.0' });
    const padding = details.getByRole('textbox', { name: 'Padding' });
    await padding.fill('much');
    await padding.press('Enter');
    await details.getByText('Whole numbers from 0 to 256, please.').waitFor();
    expect(await padding.getAttribute('aria-invalid')).toBe('true');
    expect(loaded.said.some(({ type }) => type === 'correct')).toBe(false);
    await padding.fill('2, 1');
    await padding.press('Enter');
    expect(await loaded.heard('correct')).toEqual({
      type: 'correct',
      file: FOREIGN,
      layer: 'module.main.0',
      correction: { padding: [2, 2, 1, 1] },
    });
    const [layer, ...rest] = listing.layers;
    const corrected = {
      ...layer,
      geometry: { ...layer.geometry, padding: [2, 2, 1, 1] as const },
      guessed: layer.guessed.filter((key) => key !== 'padding'),
      corrected: ['padding' as const],
    };
    await loaded.tell({
      type: 'listing',
      file: FOREIGN,
      listing: { ...listing, layers: [corrected, ...rest] },
    });
    await details.getByText('corrected by you').waitFor();
    expect(await padding.inputValue()).toBe('2, 1');
    expect(await cell.innerText()).toContain('pad 2×1');
    // A second correction leaves the first one as it is.
    loaded.said.length = 0;
    const stride = details.getByRole('textbox', { name: 'Stride' });
    await stride.fill('2');
    await stride.press('Enter');
    expect(await loaded.heard('correct')).toMatchObject({
      correction: { padding: [2, 2, 1, 1], stride: [2, 2] },
    });
    loaded.said.length = 0;
    await details.getByRole('button', { name: 'Reset Corrections' }).click();
    expect(await loaded.heard('correct')).toMatchObject({ correction: null });
  });

  it('says what is wrong with a weight that is no number any more', async () => {
    const listing = inventedQuick();
    const { loaded, page } = await open([listing]);
    const [layer] = listing.layers;
    const { weight } = inventedNumbers(layer);
    await loaded.tell({
      type: 'numbers',
      file: listing.file,
      layer: layer.name,
      numbers: { weight: { ...weight, nan: 3 } },
    });
    const row = page.getByRole('grid').getByRole('row', { name: /d\.conv1/ });
    await row.getByText('Has NaN or infinite numbers').waitFor({ state: 'attached' });
  });
});
