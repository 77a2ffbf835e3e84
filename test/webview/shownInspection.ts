import type { Browser } from 'playwright-core';
import type {
  CheckpointPageState,
  FromCheckpointPage,
  ToCheckpointPage,
} from '../../src/shared/checkpointPage';
import type { FileListing } from '../../src/shared/inspection';
import { inventedNumbers, inventedVerdict } from './inventedInspection';
import { LoadedPage, type PageOptions } from './loadedPage';

/** The page of weight files with a host that the test plays. */
export type CheckpointTestPage = LoadedPage<
  ToCheckpointPage,
  FromCheckpointPage,
  CheckpointPageState
>;

export interface InspectionOptions extends PageOptions<CheckpointPageState> {
  readonly preferences?: unknown;
  readonly translations?: Readonly<Record<string, string>>;
  /** Whether numbers and verdicts follow the listings; else the inspection stands at its start. */
  readonly computed?: boolean;
}

/** A page that shows invented inspections, as soon as its first file is there. */
export async function showInspection(
  browser: Browser,
  listings: readonly FileListing[],
  options: InspectionOptions = {},
): Promise<CheckpointTestPage> {
  const { preferences, translations, computed = true } = options;
  const loaded: CheckpointTestPage = await LoadedPage.open(browser, 'checkpoint', {
    reducedMotion: true,
    ...options,
  });
  await loaded.heard('ready');
  const files = listings.map(({ file }) => file);
  await loaded.tell({ type: 'init', files, preferences, ...(translations && { translations }) });
  for (const [i, listing] of listings.entries()) {
    await loaded.tell({ type: 'listing', file: listing.file, listing });
    if (computed) await tellNumbers(loaded, listing, i + 1);
  }
  if (listings.length > 0) await loaded.page.getByRole('heading', { level: 1 }).waitFor();
  return loaded;
}

/** Tells all numbers of a file and that its inspection is done. */
export async function tellNumbers(
  loaded: CheckpointTestPage,
  listing: FileListing,
  seed = 1,
): Promise<void> {
  const { file } = listing;
  for (const layer of listing.layers) {
    const numbers = inventedNumbers(layer, seed);
    await loaded.tell({ type: 'numbers', file, layer: layer.name, numbers });
  }
  for (const network of listing.networks) {
    const verdict = inventedVerdict(listing, network, seed);
    await loaded.tell({ type: 'verdict', file, verdict });
  }
  await loaded.tell({ type: 'state', file, state: { kind: 'done' } });
}
