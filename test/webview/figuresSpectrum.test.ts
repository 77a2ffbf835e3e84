import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { accessibilityProblems } from './accessibility';
import { describeFigures, type FiguresTest } from './figuresTest';
import { inventedCircular } from './inventedAnswers';
import {
  inventedForeign,
  inventedNumbers,
  inventedQuick,
  inventedTable3,
} from './inventedInspection';
import { themes } from './loadedPage';

const listing = inventedQuick();
const conv2 = listing.layers[1];

/** Singular values of a layer, as the tests' page has them. */
function valuesOf(name: string): number[] {
  const layer = listing.layers.find((one) => one.name === name);
  if (!layer) throw new Error(`There is no ${name}.`);
  return [...inventedNumbers(layer, 1).spectrum.values];
}

/** Opens the spectrum of two layers of one file. */
async function openTwo(open: () => Promise<FiguresTest>): Promise<FiguresTest> {
  const test = await open();
  await test.show(listing);
  await test.setView('layers', ['d.conv2', 'd.conv3']);
  await test.card(/Singular values of 2/).waitFor();
  return test;
}

describeFigures('the spectrum', (open) => {
  it('satisfies axe in every theme, overlaid and layer by layer', async () => {
    const test = await open();
    await test.show(listing, inventedForeign());
    await test.setView('layers', ['d.conv2', 'd.conv3']);
    await test.tick('Random matrix');
    await test.choose(test.card(/Singular values/), 'Table of Values');
    for (const theme of themes) {
      await test.loaded.wear(theme);
      expect(await accessibilityProblems(test.page), theme).toEqual([]);
    }
    await test.loaded.wear('light');
    await test.tick('Every layer');
    await test.card('Singular values of every layer').waitFor();
    expect(await accessibilityProblems(test.page)).toEqual([]);
    await test.loaded.wear('dark');
  });

  it('is saved as SVG that is well-formed, with a curve for each layer', async () => {
    const test = await openTwo(open);
    const card = test.card(/Singular values of 2/);
    const { name, bytes } = await test.saved(card, 'Save Vector Graphic', 'SVG');
    expect(name).toBe('20261123-first-look-step-800-spectrum.svg');
    const read = await test.readSvg(bytes);
    expect(read.root).toBe('svg');
    expect(read.curves).toBe(2);
    expect(read.texts).toEqual(
      expect.arrayContaining(['Index', 'σᵢ² / σ₁²', 'a tenth of the largest']),
    );
    expect(read.texts.join()).toContain('conv2');
    await test.tick('Random matrix');
    const more = await test.saved(card, 'Save Vector Graphic', 'SVG');
    expect((await test.readSvg(more.bytes)).curves).toBe(4);
  });

  it('is saved as CSV and JSON that hold what is drawn: squared, the largest 1', async () => {
    const test = await openTwo(open);
    const card = test.card(/Singular values of 2/);
    const { bytes } = await test.saved(card, 'Save Values', 'CSV');
    const rows = bytes
      .toString('utf8')
      .trimEnd()
      .split('\r\n')
      .map((line) => line.split(','));
    expect(rows[0]).toEqual(['Index', 'conv2', 'conv3']);
    const values = valuesOf('d.conv2');
    expect(rows.slice(1).map(([index]) => Number(index))).toEqual(
      Array.from({ length: 48 }, (_, i) => i + 1),
    );
    values.forEach((value, i) => {
      expect(Number(rows[i + 1][1])).toBeCloseTo((value / values[0]) ** 2, 14);
    });
    // The shorter column ends.
    expect(rows[values.length + 1][1]).toBe('');
    await test.tick('Squared');
    await test.tick('Largest is 1');
    const json = JSON.parse((await test.saved(card, 'Save Values', 'JSON')).bytes.toString()) as {
      columns: { name: string; values: number[] }[];
    };
    expect(json.columns[1].values.slice(0, values.length)).toEqual(values);
  });

  it('is saved as PNG on white, or as on the screen', async () => {
    const test = await openTwo(open);
    const card = test.card(/Singular values of 2/);
    const white = PNG.sync.read((await test.saved(card, 'Save Picture', 'PNG')).bytes);
    expect([...white.data.subarray(0, 4)]).toEqual([255, 255, 255, 255]);
    await test.choose(card, 'Pictures on White');
    expect((await test.preferences()).whiteFigures).toBe(false);
    await test.page.keyboard.press('Escape');
    const dark = PNG.sync.read((await test.saved(card, 'Save Picture', 'PNG')).bytes);
    expect([...dark.data.subarray(0, 4)]).toEqual([31, 31, 31, 255]);
  });

  it('divides by the estimate where weights are shown as they are used', async () => {
    const test = await openTwo(open);
    await test.tick('Largest is 1');
    await test.tick('Squared');
    await test.tick('As used (W̄)');
    const csv = await test.saved(test.card(/Singular values of 2/), 'Save Values', 'CSV');
    const first = Number(csv.bytes.toString().split('\r\n')[1].split(',')[1]);
    const { weight } = inventedNumbers(conv2, 1);
    expect(first).toBeCloseTo(valuesOf('d.conv2')[0] / (weight.estimate ?? 1), 12);
  });

  it('is read by the arrow keys, which say what they find', async () => {
    const test = await openTwo(open);
    const chart = test.page.getByRole('application');
    await chart.focus();
    await test.page.keyboard.press('ArrowRight');
    await test.page.keyboard.press('ArrowRight');
    const values = valuesOf('d.conv2');
    const wanted = ((values[1] / values[0]) ** 2).toPrecision(4);
    await expect
      .poll(() => test.page.locator('[role=status]').allTextContents())
      .toContainEqual(expect.stringContaining(`Index 2: conv2 ${wanted}`));
    const entry = test.page.getByRole('button', { name: /^conv2/ });
    await expect.poll(() => entry.textContent()).toContain(wanted);
    await test.page.keyboard.press('Escape');
    await expect.poll(() => entry.textContent()).not.toContain(wanted);
  });

  it('is zoomed into by keys and by dragging, and shown whole again', async () => {
    const test = await openTwo(open);
    const card = test.card(/Singular values of 2/);
    const chart = test.page.getByRole('application');
    await chart.focus();
    await test.page.keyboard.press('+');
    const labels = async (): Promise<string[]> =>
      (await test.readSvg((await test.saved(card, 'Save Vector Graphic', 'SVG')).bytes)).texts;
    await expect.poll(labels).not.toContain('5');
    await test.choose(card, 'Show Everything');
    expect(await labels()).toContain('5');
    const box = await chart.boundingBox();
    if (!box) throw new Error('The chart is not there.');
    await test.page.mouse.move(box.x + 300, box.y + 60);
    await test.page.mouse.down();
    await test.page.mouse.move(box.x + 700, box.y + 64, { steps: 3 });
    await test.page.mouse.up();
    expect(await labels()).not.toContain('5');
  });

  it('has curves that its legend switches', async () => {
    const test = await openTwo(open);
    const card = test.card(/Singular values of 2/);
    await test.page.getByRole('button', { name: /^conv3/ }).click();
    const { bytes } = await test.saved(card, 'Save Vector Graphic', 'SVG');
    expect((await test.readSvg(bytes)).curves).toBe(1);
  });

  it('of several files compares layers of one name, or of one place and shape', async () => {
    const test = await open();
    await test.show(listing, inventedForeign());
    await test.setView('layers', ['d.conv2']);
    const csv = await test.saved(test.card('Singular values of conv2'), 'Save Values', 'CSV');
    expect(csv.bytes.toString().split('\r\n')[0]).toBe(
      'Index,"20261123-first-look, step 800",discriminator-epoch-40.pth',
    );
    await test.show(listing, inventedTable3());
    await test.setView('layers', ['d.fc', 'd.conv2']);
    const both = await test.saved(test.card(/Singular values of 2/), 'Save Values', 'CSV');
    // Both have layers of these names, whatever their shapes.
    expect(both.bytes.toString().split('\r\n')[0].match(/conv2/g)).toHaveLength(2);
  });

  it('says of which file it has no such layer', async () => {
    const test = await open();
    const other = inventedForeign({ layers: [], networks: [] });
    await test.show(listing, other);
    await test.setView('layers', ['d.conv2']);
    await test.page.getByText('discriminator-epoch-40.pth has no layer like conv2.').waitFor();
  });

  it('has the circular convolution beside it when asked, and drops the question when not', async () => {
    const test = await openTwo(open);
    await test.tick('Circular convolution');
    const { question } = await test.asked('circularSpectrum');
    expect(question.layer).toBe('d.conv2');
    await test.answer('circularSpectrum', inventedCircular());
    await test.page.getByRole('button', { name: /^conv3, circular/ }).waitFor();
    await test.tick('Circular convolution');
    await test.loaded.heard('drop');
  });

  it('has a small chart for every layer, which opens it', async () => {
    const test = await open();
    await test.show(listing);
    await test.tick('Every layer');
    const card = test.card('Singular values of every layer');
    const { bytes } = await test.saved(card, 'Save Vector Graphic', 'SVG');
    const read = await test.readSvg(bytes);
    expect(read.curves).toBe(5);
    expect(read.texts).toEqual(expect.arrayContaining(['conv1', 'conv4', 'fc']));
    await test.page.getByRole('button', { name: /^conv3: 48 values/ }).click();
    await test.card('Singular values of conv3').waitFor();
    expect((await test.preferences()).spectrum.each).toBe(false);
  });

  it('lets layers be computed that were left out because they are costly', async () => {
    const test = await open();
    const { file } = listing;
    await test.loaded.tell({ type: 'init', files: [file], preferences: undefined });
    await test.page.getByText('as soon as the file has been read').waitFor();
    await test.loaded.tell({ type: 'listing', file, listing });
    await test.loaded.tell({ type: 'state', file, state: { kind: 'done' } });
    await test.page.getByText('Not computed yet: conv1.').waitFor();
    await test.page.getByRole('button', { name: 'Compute' }).click();
    expect(await test.loaded.heard('compute')).toEqual({
      type: 'compute',
      file,
      layers: ['d.conv1'],
    });
    const refused = 'Its values are not finite.';
    await test.loaded.tell({ type: 'numbers', file, layer: 'd.conv1', numbers: { refused } });
    await test.page.getByText(refused).waitFor();
  });

  it('fits into 320 pixels', async () => {
    const test = await open({ width: 320 });
    await test.show(listing, inventedForeign());
    await test.setView('layers', ['d.conv2', 'd.conv3']);
    const tooWide = (): Promise<boolean> =>
      test.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
    expect(await tooWide()).toBe(false);
    await test.tick('Every layer');
    await test.card('Singular values of every layer').waitFor();
    expect(await tooWide()).toBe(false);
  });
});
