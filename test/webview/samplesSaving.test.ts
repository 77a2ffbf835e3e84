import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PNG } from 'pngjs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withoutChromium } from './chromium';
import { colourGrid, colourOf, makeColourRun, STRIPE } from './colourGrids';
import { usePages } from './pages';
import { colourAt, SamplesTest } from './samplesTest';

const steps = [0, 100, 200];

describe.skipIf(withoutChromium)(`saving samples${withoutChromium}`, () => {
  const pages = usePages('samplesPage');
  let runFolder: string;
  let test: SamplesTest;
  beforeAll(async () => {
    runFolder = await makeColourRun(steps, true);
  });
  beforeEach(async () => {
    test = await SamplesTest.open(pages, { runFolder });
  });
  afterAll(() => rm(runFolder, { recursive: true }));

  const choose = async (label: RegExp): Promise<void> => {
    await test.button('Save samples').click();
    await test.page.getByRole('menuitem', { name: label }).click();
  };

  it('asks for the grid that is shown', async () => {
    const run = test.run(steps);
    await test.show(run);
    await test.setCursor(100);
    await choose(/This Grid/);
    expect(await test.loaded.heard('exportGrid')).toEqual({
      type: 'exportGrid',
      key: run.key,
      step: 100,
    });
  });

  it.each([
    [/GIF/, 'gif'],
    [/APNG/, 'apng'],
  ])('asks for all grids as %s', async (label, format) => {
    const run = test.run(steps);
    await test.show(run);
    await choose(label);
    expect(await test.loaded.heard('exportAnimation')).toEqual({
      type: 'exportAnimation',
      key: run.key,
      format,
    });
  });

  it('gives one image, enlarged, as a PNG named after run, step and image', async () => {
    await test.show(test.run(steps, { name: 'faces / ü: 7' }));
    await test.grid.focus();
    await test.page.keyboard.press('ArrowRight');
    await test.page.keyboard.press('Enter');
    await test.button('Save this image…').click();
    const { name, contents } = await test.loaded.heard('save');
    expect(name).toBe('faces - ü- 7-step-000200-sample-2.png');
    // Bytes leave the page of a test as an object with their indices.
    const png = PNG.sync.read(Buffer.from(Object.values(contents)));
    expect([png.width, png.height]).toEqual([256, 256]);
    expect(colourAt(png, 0, 255)).toEqual(colourOf(200, 1));
    expect(colourAt(png, 7, 0)).toEqual(colourOf(200, 1));
    expect(colourAt(png, 8, 0)).toEqual(STRIPE);
  });

  describe('from a server of another origin', () => {
    let server: Server;
    let shares: boolean;
    beforeEach(async () => {
      server = createServer((_request, response) => {
        const headers = { 'content-type': 'image/png' };
        response.writeHead(
          200,
          shares ? { ...headers, 'access-control-allow-origin': '*' } : headers,
        );
        response.end(colourGrid(200));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    });
    afterEach(async () => {
      // The page, which is closed afterwards, keeps its connections.
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });

    const enlargeFromElsewhere = async (): Promise<void> => {
      const baseUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const complaints = shares ? undefined : /CORS policy|ERR_FAILED/;
      test = await SamplesTest.open(pages, {
        runFolder,
        otherOrigin: baseUri,
        ...(complaints && { complaints }),
      });
      await test.show(test.run(steps, { baseUri }));
      await test.expectGrid(200);
      await test.grid.focus();
      await test.page.keyboard.press('Enter');
      await test.button('Save this image…').click();
    };

    it('works where it lets others read its images, as VS Code does', async () => {
      shares = true;
      await enlargeFromElsewhere();
      expect((await test.loaded.heard('save')).name).toBe('faces-step-000200-sample-1.png');
    });

    it('says why it does not work where the server lets images be shown only', async () => {
      shares = false;
      await enlargeFromElsewhere();
      await expect
        .poll(() => test.problems())
        .toEqual([expect.stringContaining('does not let its pixels be read')]);
      expect(test.loaded.said.some(({ type }) => type === 'save')).toBe(false);
    });
  });
});
