import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveConfig } from '../../src/gan/presets';
import type { RunView } from '../../src/shared/dashboard';
import { launchChromium } from './chromium';
import { inventGrids } from './inventedGrids';
import { inventedRows, inventedRun } from './invention';
import { LoadedPage, themes } from './loadedPage';

/** Where to put pictures of the dashboard for people to look at; without it none are made. */
const folder = process.env.SN_GAN_SCREENSHOTS;
const only = process.env.SN_GAN_SCENES?.split(',');

const sizes = [
  { width: 1400, height: 900 },
  { width: 900, height: 700 },
  { width: 320, height: 800 },
];

interface Scene {
  readonly runs: readonly Partial<RunView>[];
  readonly rows?: number;
  /** Title of a chart to scroll to. */
  readonly chart?: string;
}

const long =
  'a very long name of a run on faces-2048-aligned with ResNet 64 and twice the width, seed 7';

const healthy = resolveConfig({ name: 'faces', preset: 'C', data: { source: '/images/faces' } });

const scenes: Readonly<Record<string, Scene>> = {
  empty: { runs: [] },
  training: { runs: [{}] },
  times: {
    runs: [{ config: { ...healthy, precision: 'bf16' } }],
    chart: 'Time per step',
  },
  starting: { runs: [{ samples: [], checkpoints: [], hasRealImages: false }], rows: 0 },
  failed: {
    runs: [
      {
        status: 'failed',
        lastLogLines: [
          '10:15:02 INFO  4,128 images.',
          '10:15:09 INFO  Runtime tensorflow.',
          '10:37:44 INFO  Checkpoint saved. step=2000',
          '10:38:12 ERROR Training failed. Step 2017: the values of conv3.weight of the discriminator contain NaN.',
        ],
      },
    ],
  },
  watching: {
    runs: [{ control: 'elsewhere', name: long, annotations: { format: 1, starred: true } }],
  },
  sick: {
    runs: [
      {
        samples: [0, 500],
        config: { ...healthy, spectralNorm: { ...healthy.spectralNorm, enabled: false } },
      },
    ],
  },
  compare: {
    runs: [
      { name: 'faces' },
      {
        key: '/runs/b',
        name: 'faces, two D steps',
        status: 'finished',
        config: { ...healthy, nDis: 2 },
      },
      {
        key: '/runs/c',
        name: long,
        status: 'failed',
        config: { ...healthy, optimizer: { ...healthy.optimizer, learningRate: 1e-3 } },
      },
      {
        key: '/runs/d',
        name: 'faces, seed 3',
        status: 'paused',
        config: { ...healthy, seed: 3, batch: { discriminator: 128, generator: 64 } },
      },
    ],
  },
};

describe.skipIf(folder === undefined)('screenshots', () => {
  let browser: Browser;
  let run: string;
  beforeAll(async () => {
    browser = await launchChromium();
    run = await inventGrids([0, 500, 1000, 1500, 2000]);
    await mkdir(folder ?? '', { recursive: true });
  });
  afterAll(() => browser.close());

  const cases = Object.keys(scenes)
    .filter((scene) => only?.includes(scene) ?? true)
    .flatMap((scene) => themes.flatMap((theme) => sizes.map((size) => ({ scene, theme, size }))));
  it.each(cases)('$scene in $theme at $size.width', async ({ scene, theme, size }) => {
    const loaded = await LoadedPage.open(browser, 'dashboard', {
      theme,
      ...size,
      folders: { run },
      reducedMotion: true,
    });
    await showScene(loaded, scenes[scene]);
    const { chart } = scenes[scene];
    if (chart !== undefined) {
      const card = loaded.page.getByRole('article', { name: chart }).first();
      await card.evaluate((element) => element.scrollIntoView({ block: 'end' }));
    }
    await loaded.page.waitForTimeout(700);
    const name = `${scene}-${theme}-${size.width}.png`;
    await loaded.page.screenshot({ path: path.join(folder ?? '', name) });
    expect(loaded.complaints).toEqual([]);
    await loaded.close();
  });
});

async function showScene(loaded: LoadedPage, { runs, rows = 200 }: Scene): Promise<void> {
  const views = runs.map((change) => {
    const made = inventedRun({ baseUri: `${loaded.origin}/run`, ...change });
    if (rows > 0) return made;
    const { runtime, ...identity } = made.identity;
    const progress = { step: 0, total: 20_000, imagesPerSecond: 0 };
    return { ...made, identity: { ...identity, state: 'starting' as const, progress } };
  });
  const keys = views.map(({ key }) => key);
  await loaded.heard('ready');
  await loaded.tell({ type: 'init', keys, preferences: undefined });
  for (const [i, view] of views.entries()) {
    await loaded.tell({ type: 'run', run: view });
    await loaded.tell(inventedRows(view.key, { rows, seed: i + 1 }));
  }
}
