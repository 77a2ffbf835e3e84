import type { Browser } from 'playwright-core';
import type {
  CheckpointPageState,
  FromCheckpointPage,
  ToCheckpointPage,
} from '../../src/shared/checkpointPage';
import type { FileListing } from '../../src/shared/inspection';
import type { Answer, Question } from '../../src/shared/inspectionQuestions';
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
  const messages: ToCheckpointPage[] = [
    ...listing.layers.map((layer) => ({
      type: 'numbers' as const,
      file,
      layer: layer.name,
      numbers: inventedNumbers(layer, seed),
    })),
    ...listing.networks.map((network) => ({
      type: 'verdict' as const,
      file,
      verdict: inventedVerdict(listing, network, seed),
    })),
    { type: 'state', file, state: { kind: 'done' } },
  ];
  // They stay in their order, and none waits for the way back of the one before.
  await Promise.all(messages.map((message) => loaded.tell(message)));
}

/** Waits for the oldest question of a kind that has not been waited for yet. */
export async function askedFor<K extends Question['kind']>(
  loaded: CheckpointTestPage,
  kind: K,
): Promise<{ ask: number; file: string; question: Extract<Question, { kind: K }> }> {
  for (let i = 0; i < 200; i++) {
    const at = loaded.said.findIndex(
      (message) => message.type === 'ask' && message.question.kind === kind,
    );
    if (at >= 0) {
      const [message] = loaded.said.splice(at, 1);
      return message as never;
    }
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`The page never asked for ${kind}.`);
}

/** Waits for a question of a kind, and answers it. */
export async function answerNext(
  loaded: CheckpointTestPage,
  kind: Question['kind'],
  answer: Answer,
): Promise<void> {
  const { ask } = await askedFor(loaded, kind);
  await loaded.tell({ type: 'answer', ask, answer, last: true });
}
