import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { describeCheckpoint, textOf } from './checkpointTest';
import { inventedForeign, inventedLong, inventedQuick } from './inventedInspection';
import { inventedKernels, inventedPicture } from './inventedPictures';
import { answerNext, askedFor } from './shownInspection';

const showing = (panel: string) => ({ state: { others: [], view: { panel } } });

describeCheckpoint('the panels of a weight file', (open) => {
  it('draw kernels of images in colour, told apart by keys, and save them', async () => {
    const { loaded, page } = await open([inventedQuick()], showing('weights'));
    await answerNext(loaded, 'kernels', inventedKernels([12, 3, 3, 3]));
    const picture = page.getByRole('img', { name: 'The 12 kernels of d.conv1', exact: false });
    await picture.focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page
      .getByRole('status')
      .getByText(/^Output 1: norm /)
      .waitFor();
    await page
      .getByRole('region', { name: 'Kernels' })
      .getByRole('button', { name: 'Save Picture' })
      .click();
    const { name, contents } = await loaded.heard('save');
    expect(name).toBe('d-conv1-kernels.png');
    const png = PNG.sync.read(Buffer.from(Object.values(contents)));
    // Eight kernels in a row with gaps, enlarged.
    expect(png.width % (8 * 4 - 1)).toBe(0);
    const coloured = png.data.some((value, i) => i % 4 === 0 && value !== png.data[i + 1]);
    expect(coloured).toBe(true);
  });

  it('draw kernels between features in grey, a row for each output', async () => {
    const { loaded, page } = await open([inventedQuick()], showing('weights'));
    await page.getByRole('row', { name: /d\.conv2/ }).click();
    await askedFor(loaded, 'kernels');
    const { question } = await askedFor(loaded, 'kernels').then((asked) => {
      void loaded.tell({
        type: 'answer',
        ask: asked.ask,
        answer: inventedKernels([24, 12, 4, 4]),
        last: true,
      });
      return asked;
    });
    expect(question.layer).toBe('d.conv2');
    const picture = page.getByRole('img', { name: /^The 288 kernels of d\.conv2/ });
    await picture.focus();
    for (const key of ['Home', 'ArrowDown', 'ArrowRight']) await page.keyboard.press(key);
    await page
      .getByRole('status')
      .getByText(/^Output 1 \(norm .*\), input 1: /)
      .waitFor();
    await page.getByRole('img', { name: /^Histogram of/ }).waitFor();
  });

  it('say that a dense layer has no kernels, and show its histogram', async () => {
    const { page } = await open([inventedQuick()], showing('weights'));
    await page.getByRole('row', { name: /d\.fc/ }).click();
    await page.getByText('Only convolutions have kernels to look at.').waitFor();
    await page.getByRole('region', { name: 'Weights of d.fc' }).waitFor();
  });

  it('draw samples from a seed on demand, and paths between two', async () => {
    const { loaded, page } = await open([inventedQuick()], showing('samples'));
    expect(loaded.said.some(({ type }) => type === 'ask')).toBe(false);
    const seed = page.getByRole('spinbutton', { name: 'Seed' });
    await seed.fill('7');
    await seed.press('Enter');
    await page.getByRole('button', { name: 'Draw' }).click();
    const { ask, question } = await askedFor(loaded, 'samples');
    expect(question).toEqual({ kind: 'samples', seed: 7, count: 36 });
    await page.getByText('Drawing…').waitFor();
    await loaded.tell({ type: 'answer', ask, answer: inventedPicture(36, 6, 8), last: true });
    await page.getByRole('img', { name: '36 images from seed 7.' }).waitFor();
    await page.getByRole('button', { name: 'Seed: One More' }).click();
    expect((await askedFor(loaded, 'samples')).question.seed).toBe(8);
    // What was there stays until the next one comes; what is not wanted any more is dropped.
    await page.getByRole('img', { name: '36 images from seed 7.' }).waitFor();
    await page.getByRole('checkbox', { name: 'Paths between two seeds' }).click();
    await loaded.heard('drop');
    const paths = await askedFor(loaded, 'interpolation');
    expect(paths.question).toMatchObject({ fromSeed: 8, toSeed: 1, steps: 9, rows: 4 });
    const answer = inventedPicture(36, 9, 8);
    await loaded.tell({ type: 'answer', ask: paths.ask, answer, last: true });
    const slider = page.getByRole('slider', { name: /^From seed 8 to seed 1/ });
    await slider.focus();
    await page.keyboard.press('End');
    await page.getByRole('img', { name: 'From seed 8 to seed 1: 9 of 9' }).waitFor();
    await page.getByRole('button', { name: 'Save Picture' }).click();
    const { name, contents } = await loaded.heard('save');
    expect(name).toMatch(/seeds-8-to-1\.png$/);
    const png = PNG.sync.read(Buffer.from(Object.values(contents)));
    expect([png.width, png.height]).toEqual([9 * 8 * 4, 4 * 8 * 4]);
  });

  it('say why nothing can be drawn from other files', async () => {
    const { page } = await open([inventedForeign()], showing('samples'));
    await page.getByText(/Only checkpoints that SN-GAN wrote can be drawn from/).waitFor();
  });

  it('list thousands of arrays, of which those in sight are drawn', async () => {
    const long = inventedLong(1);
    const tensors = Array.from({ length: 10_000 }, (_, i) => {
      return { name: `layers.${i}.weight`, dtype: 'F32', shape: [i + 1], bytes: 4 * (i + 1) };
    });
    const { loaded, page } = await open([{ ...long, tensors }], showing('file'));
    const arrays = page.getByRole('region', { name: 'Arrays' });
    await arrays.getByText('layers.0.weight').waitFor();
    expect(await arrays.getByRole('row').count()).toBeLessThan(80);
    await arrays.getByRole('group').evaluate((box) => (box.scrollTop = 22 * 5000));
    await arrays.getByText('layers.5000.weight').waitFor();
    await arrays.getByRole('textbox').fill('.777.');
    await arrays.getByText('layers.777.weight').waitFor();
    await arrays.getByText('1 of 10,000').waitFor();
    await arrays.getByRole('button', { name: 'Save as CSV' }).click();
    const { contents } = await loaded.heard('save');
    expect(textOf(contents)).toBe('Name,Type,Shape,Size\r\nlayers.777.weight,F32,778,3112\r\n');
  });
});
