import { expect, it } from 'vitest';
import { accessibilityProblems } from './accessibility';
import { describeFigures, type FiguresTest } from './figuresTest';
import { inventedDrift, inventedHistory } from './inventedAnswers';
import { inventedForeign, inventedQuick } from './inventedInspection';

const listing = inventedQuick();
const steps = [200, 400, 600, 800];
const parts = inventedDrift(steps, 12);

async function openDrift(open: () => Promise<FiguresTest>): Promise<FiguresTest> {
  const test = await open();
  await test.show(listing);
  // As they come: such that the run is covered evenly from the start.
  await test.answer('drift', parts[0], parts[3], parts[1], parts[2]);
  await test.card('Spectrum of conv1 over training').waitFor();
  return test;
}

describeFigures('the drift of a spectrum', (open) => {
  const opened = (): Promise<FiguresTest> => openDrift(() => open({ panel: 'drift' }));

  // The figures of the spectrum are held to all four.
  it('satisfies axe in two themes, as a heat map and as ridges', async () => {
    const test = await opened();
    for (const figure of ['heat map', 'ridges']) {
      if (figure === 'ridges') await test.tick('Ridges');
      for (const theme of ['light', 'hc-dark'] as const) {
        await test.loaded.wear(theme);
        expect(await accessibilityProblems(test.page), `${figure}, ${theme}`).toEqual([]);
      }
    }
    await test.loaded.wear('dark');
  });

  it('says how far it has come, and takes its parts in any order', async () => {
    const test = await open({ panel: 'drift' });
    await test.show(listing);
    const { ask, question } = await test.asked('drift');
    expect(question).toEqual({ kind: 'drift', layer: 'd.conv1' });
    await test.page.getByText('Reading the checkpoints').waitFor();
    const tell = (i: number, last: boolean): Promise<void> =>
      test.loaded.tell({ type: 'answer', ask, answer: { ...parts[i], done: 2 }, last });
    await tell(3, false);
    await test.page.getByText('2 of 4 checkpoints').waitFor();
    await tell(0, true);
    await expect.poll(() => test.page.getByText('2 of 4 checkpoints').count()).toBe(0);
    const slider = test.page.getByRole('slider', { name: 'Checkpoint' });
    expect(await slider.getAttribute('aria-valuetext')).toBe('step 800, 2 of 2');
  });

  it('goes along with its scrubber, by keys, and shows the spectrum of that step', async () => {
    const test = await opened();
    const slider = test.page.getByRole('slider', { name: 'Checkpoint' });
    await slider.focus();
    await test.page.keyboard.press('ArrowLeft');
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('step 600, 3 of 4');
    const card = test.card('conv1 at the step');
    const csv = (await test.saved(card, 'Save Values', 'CSV')).bytes.toString().split('\r\n');
    expect(csv[0]).toBe('Index,step 600,step 200,step 800');
    const { values } = parts[2];
    expect(Number(csv[3].split(',')[1])).toBeCloseTo((values[2] / values[0]) ** 2, 14);
  });

  it('is read by the arrow keys in both directions', async () => {
    const test = await opened();
    await test.page.getByRole('application', { name: /over training/ }).focus();
    await test.page.keyboard.press('ArrowLeft');
    await test.page.keyboard.press('ArrowDown');
    const { values } = parts[2];
    const sentence = `Step 600, index 2 of 12: ${values[1].toPrecision(4)}, which is ${(values[1] / values[0]).toPrecision(4)} of the largest`;
    await expect
      .poll(() => test.page.locator('[role=status]').allTextContents())
      .toContainEqual(sentence);
    await test.page.getByText(sentence).first().waitFor();
  });

  it('is read under the pointer, and a click goes to the step', async () => {
    const test = await opened();
    const chart = test.page.getByRole('application', { name: /over training/ });
    const box = await chart.boundingBox();
    if (!box) throw new Error('The chart is not there.');
    await test.page.mouse.move(box.x + 60, box.y + 290);
    await test.page.getByText(/^Step 200, index 12 of 12/).waitFor();
    await test.page.mouse.click(box.x + 60, box.y + 200);
    const slider = test.page.getByRole('slider', { name: 'Checkpoint' });
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('step 200, 1 of 4');
  });

  it('is saved: the map as SVG with its cells, ridges with a curve for each step', async () => {
    const test = await opened();
    const card = test.card('Spectrum of conv1 over training');
    const map = (await test.saved(card, 'Save Vector Graphic', 'SVG')).bytes.toString();
    // One cell for each of 4 steps and 12 values.
    const cells = /<g clip-path[^]*<\/g>/.exec(map)?.[0].match(/h-\d+z/g) ?? [];
    expect(cells).toHaveLength(48);
    const csv = (await test.saved(card, 'Save Values', 'CSV')).bytes.toString().split('\r\n');
    expect(csv[0]).toBe('Index,step 200,step 400,step 600,step 800');
    expect(csv[2].split(',').slice(1).map(Number)).toEqual(parts.map(({ values }) => values[1]));
    await test.tick('Ridges');
    const ridges = await test.saved(card, 'Save Vector Graphic', 'SVG');
    expect((await test.readSvg(ridges.bytes)).curves).toBe(4);
  });

  it('plays through the steps', async () => {
    const test = await opened();
    await test.page.getByRole('button', { name: 'Play', exact: true }).click();
    const slider = test.page.getByRole('slider', { name: 'Checkpoint' });
    // From the end it begins anew.
    await expect.poll(() => slider.getAttribute('aria-valuetext')).not.toContain('step 800');
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toContain('step 800');
    await test.page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  });

  it('says which checkpoint cannot be read', async () => {
    const test = await open({ panel: 'drift' });
    await test.show(listing);
    const flaw = 'The file ends within its header.';
    const broken = { ...parts[1], values: new Float64Array(0), flaw };
    await test.answer('drift', parts[0], broken, parts[3]);
    await test.page.getByText(`Step 400: ${flaw}`).waitFor();
  });

  it('says why there is none, or why it is refused', async () => {
    const test = await open({ panel: 'drift' });
    await test.show(inventedForeign());
    await test.page.getByText('This file does not lie in the folder of a run').waitFor();
    await test.show(listing);
    const { ask } = await test.asked('drift');
    await test.loaded.tell({ type: 'refused', ask, why: 'The run was deleted.' });
    await test.page.getByText('The run was deleted.').waitFor();
    await test.setView('layers', ['d.conv2']);
    await test.asked('drift');
  });
});

describeFigures('the history of a run', (open) => {
  async function opened(width = 1000): Promise<FiguresTest> {
    const test = await open({ panel: 'history', width });
    await test.show(listing);
    await test.answer('history', inventedHistory(['conv1', 'conv2']));
    await test.card('Exact σ(W̄) of each layer').waitFor();
    return test;
  }

  it('satisfies axe', async () => {
    const test = await opened();
    expect(await accessibilityProblems(test.page)).toEqual([]);
  });

  it('draws exact norms with the band of the paper, and what else was logged', async () => {
    const test = await opened();
    const card = test.card('Exact σ(W̄) of each layer');
    const read = await test.readSvg((await test.saved(card, 'Save Vector Graphic', 'SVG')).bytes);
    expect(read.curves).toBe(2);
    expect(read.texts).toContain('1 to 1.05, as in the paper');
    await test.card('Stable rank of each layer').waitFor();
    await test.card('λ of eq. 12 of each layer').waitFor();
    const csv = (await test.saved(card, 'Save Values', 'CSV')).bytes.toString().split('\r\n');
    expect(csv[0]).toBe('Step,conv1,conv2');
    expect(csv).toHaveLength(102);
    expect(csv[1]).toBe('10,1.01,1.03');
  });

  it('leaves out steps without a value, and charts without any', async () => {
    const test = await open({ panel: 'history' });
    await test.show(listing);
    const answer = inventedHistory(['conv1'], 4);
    answer.layers['conv1'].set([NaN, NaN], 1);
    await test.answer('history', { ...answer, lambdas: {}, stableRanks: {} });
    const card = test.card('Exact σ(W̄) of each layer');
    const csv = (await test.saved(card, 'Save Values', 'CSV')).bytes.toString().split('\r\n');
    expect(csv.slice(1, 3).map((row) => row.split(',')[0])).toEqual(['10', '40']);
    expect(await test.page.getByRole('application').count()).toBe(1);
  });

  it('goes to the checkpoint nearest to a click, which the drift then shows', async () => {
    const test = await opened();
    const box = await test.page.getByRole('application').first().boundingBox();
    if (!box) throw new Error('The chart is not there.');
    await test.page.mouse.click(box.x + box.width * 0.43, box.y + 100);
    await test.setView('panel', 'drift');
    await test.answer('drift', ...parts);
    const slider = test.page.getByRole('slider', { name: 'Checkpoint' });
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe('step 400, 2 of 4');
  });

  it('says why there is none', async () => {
    const test = await open({ panel: 'history', width: 320 });
    await test.show(inventedForeign());
    await test.page.getByText('nothing is known of its training').waitFor();
    await test.show(listing);
    await test.answer('history', { ...inventedHistory([], 3) });
    await test.page.getByText('has logged no norms').waitFor();
  });

  it('fits into 320 pixels', async () => {
    const test = await opened(320);
    const tooWide = await test.page.evaluate(
      () => document.documentElement.scrollWidth > innerWidth,
    );
    expect(tooWide).toBe(false);
  });
});
