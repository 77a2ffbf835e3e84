import type { Browser } from 'playwright-core';
import type { DashboardState, RunView } from '../../src/shared/dashboard';
import { inventedRows, inventedRun } from './invention';
import { LoadedPage, type PageOptions } from './loadedPage';

export interface ShownOptions extends PageOptions {
  /** Rows of every run; none: 0. */
  readonly rows?: number;
  readonly preferences?: unknown;
  readonly translations?: Readonly<Record<string, string>>;
  readonly state?: DashboardState;
}

/** A dashboard that shows invented runs, as soon as all of it is there. */
export async function showRuns(
  browser: Browser,
  changes: readonly Partial<RunView>[] = [{}],
  options: ShownOptions = {},
): Promise<LoadedPage> {
  const loaded = await LoadedPage.open(browser, 'dashboard', { reducedMotion: true, ...options });
  await loaded.heard('ready');
  await tellRuns(loaded, changes, options);
  return loaded;
}

/** Shows invented runs in a dashboard that is ready, and waits until all of it is there. */
export async function tellRuns(
  loaded: LoadedPage,
  changes: readonly Partial<RunView>[],
  options: ShownOptions,
): Promise<void> {
  const { rows = 200, preferences, translations } = options;
  const views = changes.map((change) => inventedRun({ ...picturesOf(loaded, options), ...change }));
  const keys = views.map(({ key }) => key);
  await loaded.tell({ type: 'init', keys, preferences, ...(translations && { translations }) });
  for (const [i, run] of views.entries()) {
    await loaded.tell({ type: 'run', run });
    if (rows > 0) await loaded.tell(inventedRows(run.key, { rows, seed: i + 1 }));
  }
  if (views.length > 0) await loaded.page.getByRole('heading', { level: 1 }).waitFor();
}

/** Grids where the test serves some; else the run draws none, and none are missed. */
function picturesOf(loaded: LoadedPage, { folders }: ShownOptions): Partial<RunView> {
  if (folders?.run !== undefined) {
    return { baseUri: `${loaded.origin}/run`, samples: [0, 500, 1000, 1500, 2000] };
  }
  const { config } = inventedRun();
  const drawsNone = config && { config: { ...config, samples: { every: 0, count: 64 } } };
  return { ...drawsNone, samples: [], hasRealImages: false };
}
