import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './chromium';
import { inventedForeign, inventedLong, inventedQuick, inventedTable3 } from './inventedInspection';
import { themes } from './loadedPage';
import { inventedGradients, inventedKernels, inventedPicture } from './inventedPictures';
import { answerNext, showInspection, type CheckpointTestPage } from './shownInspection';
import type { FileListing } from '../../src/shared/inspection';

/** Where to put pictures of the page for people to look at; without it none are made. */
const folder = process.env.SN_GAN_SCREENSHOTS;
const only = process.env.SN_GAN_SCENES?.split(',');
const onlyThemes = process.env.SN_GAN_THEMES?.split(',');

const sizes = [
  { width: 1500, height: 1300 },
  { width: 900, height: 1100 },
  { width: 320, height: 900 },
];

interface Scene {
  readonly files: () => readonly FileListing[];
  readonly computed?: boolean;
  readonly panel?: string;
  readonly then?: (loaded: CheckpointTestPage) => Promise<void>;
}

const scenes: Readonly<Record<string, Scene>> = {
  quick: {
    files: () => [inventedQuick()],
    panel: 'weights',
    then: (loaded) => answerNext(loaded, 'kernels', inventedKernels([12, 3, 3, 3])),
  },
  samples: {
    files: () => [inventedQuick()],
    panel: 'samples',
    then: async (loaded) => {
      await loaded.page.getByRole('button', { name: 'Draw' }).click();
      await answerNext(loaded, 'samples', inventedPicture(36, 6));
      await loaded.page.getByRole('button', { name: 'Measure on images' }).click();
      await answerNext(loaded, 'gradients', inventedGradients(64));
    },
  },
  paths: {
    files: () => [inventedQuick()],
    panel: 'samples',
    then: async (loaded) => {
      await loaded.page.getByRole('checkbox', { name: 'Paths between two seeds' }).click();
      await loaded.page.getByRole('button', { name: 'Draw' }).click();
      await answerNext(loaded, 'interpolation', inventedPicture(36, 9));
    },
  },
  kernels: {
    files: () => [inventedTable3()],
    panel: 'weights',
    then: async (loaded) => {
      await loaded.page.getByRole('row', { name: /conv2/ }).click();
      await answerNext(loaded, 'kernels', inventedKernels([64, 3, 3, 3]));
      await answerNext(loaded, 'kernels', inventedKernels([64, 64, 4, 4]));
    },
  },
  table3: { files: () => [inventedTable3()], panel: 'file' },
  foreign: { files: () => [inventedForeign()], panel: 'samples' },
  compare: {
    files: () => [inventedQuick(), inventedForeign(), inventedTable3()],
    panel: 'samples',
  },
  long: { files: () => [inventedLong(200, 60)], panel: 'file' },
  working: {
    files: () => [inventedTable3()],
    computed: false,
    panel: 'weights',
    then: async (loaded) => {
      const { file } = inventedTable3();
      const state = {
        kind: 'working',
        doing: 'spectra',
        layer: 'd.conv4',
        done: 3,
        total: 8,
      } as const;
      await loaded.tell({ type: 'state', file, state });
    },
  },
  none: {
    files: () => [
      inventedForeign({
        layers: [],
        networks: [],
        flaws: ['No array looks like the weight of a linear layer.'],
      }),
    ],
    panel: 'file',
  },
};

describe.skipIf(folder === undefined)('screenshots of weight files', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
    await mkdir(folder ?? '', { recursive: true });
  });
  afterAll(() => browser.close());

  const cases = Object.keys(scenes)
    .filter((scene) => only?.includes(scene) ?? true)
    .flatMap((scene) =>
      themes
        .filter((theme) => onlyThemes?.includes(theme) ?? true)
        .flatMap((theme) => sizes.map((size) => ({ scene, theme, size }))),
    );
  it.each(cases)('$scene in $theme at $size.width', async ({ scene, theme, size }) => {
    const { files, computed = true, panel = 'spectrum', then } = scenes[scene];
    const state = { others: [], view: { panel } };
    const loaded = await showInspection(browser, files(), { theme, ...size, computed, state });
    await then?.(loaded);
    await loaded.page.waitForTimeout(400);
    const name = `weights-${scene}-${theme}-${size.width}.png`;
    await loaded.page.screenshot({ path: path.join(folder ?? '', name) });
    expect(loaded.complaints).toEqual([]);
    await loaded.close();
  });
});
