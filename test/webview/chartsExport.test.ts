import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { describeCharts, type ChartsTest } from './chartsTest';

/** The file that a chart was saved as. Bytes cross the test's wire as an object of numbers. */
async function saved(test: ChartsTest, label: string): Promise<{ name: string; bytes: Buffer }> {
  await test.choose('loss', label);
  const { name, contents } = await test.loaded.heard('save');
  return { name, bytes: Buffer.from(Object.values(contents)) };
}

describeCharts('a chart that is saved', (open) => {
  it('as SVG is well-formed, with text and as many curves as there are lines', async () => {
    const test = await open();
    await test.showOne();
    const { name, bytes } = await saved(test, 'Save Vector Graphic');
    expect(name).toBe('faces-loss.svg');
    const svg = bytes.toString('utf8');
    const read = await test.page.evaluate((source) => {
      const { documentElement } = new DOMParser().parseFromString(source, 'image/svg+xml');
      return {
        root: documentElement.nodeName,
        texts: [...documentElement.querySelectorAll('text')].map(({ textContent }) => textContent),
        curves: documentElement.querySelectorAll('g path[fill=none]').length,
      };
    }, svg);
    expect(read.root).toBe('svg');
    expect(read.texts).toEqual(expect.arrayContaining(['Losses', 'D', 'G', 'Step', '2,000']));
    // Each of the two lines with the raw values behind it.
    expect(read.curves).toBe(4);
  });

  it('as SVG with every point is larger', async () => {
    const test = await open();
    await test.showOne();
    const few = await saved(test, 'Save Vector Graphic');
    test.loaded.said.length = 0;
    const all = await saved(test, 'Every Point');
    // 200 rows fit into the pixels: both have all of them.
    expect(all.bytes.length).toBe(few.bytes.length);
  });

  it('as PNG has two pixels for each of the page, on white or on the theme', async () => {
    const test = await open();
    await test.showOne();
    const white = PNG.sync.read((await saved(test, 'Save Picture')).bytes);
    const width = (await test.card('loss').boundingBox())?.width ?? 0;
    expect(Math.abs(white.width - 2 * Math.max(560, width))).toBeLessThanOrEqual(4);
    expect([...white.data.subarray(0, 4)]).toEqual([255, 255, 255, 255]);
    await test.choose('loss', 'Pictures on White');
    test.loaded.said.length = 0;
    const dark = PNG.sync.read((await saved(test, 'Save Picture')).bytes);
    expect([...dark.data.subarray(0, 4)]).toEqual([31, 31, 31, 255]);
  });

  it('as values asks for all rows of its tags', async () => {
    const test = await open();
    await test.showOne();
    await test.choose('loss', 'Save Values', 1);
    expect(test.said('exportScalars')).toEqual([
      { type: 'exportScalars', key: '/runs/faces', format: 'json', tags: ['loss/d', 'loss/g'] },
    ]);
  });
});
