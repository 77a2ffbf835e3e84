import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, it } from 'vitest';
import { describeFigures, type FiguresTest } from './figuresTest';
import {
  inventedCircular,
  inventedDrift,
  inventedHistory,
  inventedIteration,
} from './inventedAnswers';
import { inventedForeign, inventedQuick, inventedTable3 } from './inventedInspection';
import { themes } from './loadedPage';

/** Where to put pictures of the figures for people to look at; without it none are made. */
const folder = process.env.SN_GAN_SCREENSHOTS;
const only = process.env.SN_GAN_SCENES?.split(',');
const sizes = [1200, 340];

const scenes: Readonly<Record<string, (test: FiguresTest) => Promise<void>>> = {
  spectrum: async (test) => {
    await test.show(inventedTable3());
    await test.setView('layers', ['d.conv2', 'd.conv3', 'd.conv7']);
    await test.tick('Random matrix');
  },
  spectrumCircular: async (test) => {
    await test.show(inventedTable3());
    await test.setView('layers', ['d.conv2']);
    await test.tick('Circular convolution');
    await test.answer('circularSpectrum', inventedCircular());
    await test.page.locator('.figure-over').hover();
  },
  spectrumFiles: async (test) => {
    await test.show(inventedQuick(), inventedForeign());
    await test.setView('layers', ['d.conv2', 'd.conv3']);
  },
  spectrumEach: async (test) => {
    await test.show(
      inventedTable3(),
      inventedTable3({ file: '/runs/other/step-000900.safetensors' }),
    );
    await test.tick('Every layer');
    await test.tick('Random matrix');
  },
  drift: async (test) => {
    await test.setView('panel', 'drift');
    await test.show(inventedTable3());
    const steps = Array.from({ length: 20 }, (_, i) => 5000 * (i + 1));
    await test.answer('drift', ...inventedDrift(steps, 64));
  },
  ridges: async (test) => {
    await test.setView('panel', 'drift');
    await test.show(inventedTable3());
    const steps = Array.from({ length: 20 }, (_, i) => 5000 * (i + 1));
    await test.answer('drift', ...inventedDrift(steps, 64));
    await test.tick('Ridges');
  },
  history: async (test) => {
    await test.setView('panel', 'history');
    await test.show(inventedQuick());
    await test.answer('history', inventedHistory(['conv1', 'conv2', 'conv3', 'conv4', 'fc']));
  },
  iteration: async (test) => {
    await test.setView('panel', 'iteration');
    await test.show(inventedQuick());
    await test.answer('powerIteration', inventedIteration(50));
    await test.answer('powerIteration', inventedIteration(50));
  },
};

describe.skipIf(folder === undefined)('pictures', () => {
  describeFigures('of figures', (open) => {
    const cases = Object.keys(scenes)
      .filter((scene) => only?.includes(scene) ?? true)
      .flatMap((scene) =>
        themes.flatMap((theme) => sizes.map((width) => ({ scene, theme, width }))),
      );
    it.each(cases)('$scene in $theme at $width', async ({ scene, theme, width }) => {
      const test = await open({ theme, width, height: 900, reducedMotion: true });
      await scenes[scene](test);
      await test.page.waitForTimeout(400);
      await mkdir(folder ?? '', { recursive: true });
      const name = `${scene}-${theme}-${width}.png`;
      await test.page.screenshot({ path: path.join(folder ?? '', name), fullPage: true });
    });
  });
});
