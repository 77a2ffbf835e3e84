import { signal, type Signal } from '@preact/signals';
import type { RunView, ToDashboard } from '../../src/shared/dashboard';
import { RunColumns } from './columns';
import { send } from './connection';

/** A run as the page knows it. */
export interface ShownRun {
  readonly key: string;
  readonly view: Signal<RunView>;
  readonly columns: RunColumns;
  /** Grows with every chunk of rows, at most once a frame: read it to be drawn again. */
  readonly revision: Signal<number>;
}

/** Keys of the runs to show, the primary one first, also of those of which nothing is known yet. */
export const shownKeys = signal<readonly string[]>([]);

/** The runs shown, the primary one first; a run is here once its first snapshot has come. */
export const runs = signal<readonly ShownRun[]>([]);

/** Sentences to show until they are dismissed, the newest last. */
export const problems = signal<readonly string[]>([]);

const known = new Map<string, ShownRun>();
const grown = new Set<ShownRun>();
const asked = new Set<string>();

/** Takes in what the extension says about runs. */
export function hearRuns(message: ToDashboard): void {
  switch (message.type) {
    case 'init':
    case 'keys':
      showKeys(message.keys);
      return;
    case 'run':
      showRun(message.run);
      return;
    case 'rows': {
      const run = known.get(message.key);
      if (run === undefined) return;
      if (run.columns.append(message)) {
        asked.delete(message.key);
        growSoon(run);
      } else if (!asked.has(message.key)) {
        asked.add(message.key);
        send({ type: 'resync', key: message.key });
      }
      return;
    }
    case 'problem':
      // Asked for twice, refused twice: once is enough to read.
      problems.value = [
        ...problems.value.filter((problem) => problem !== message.message),
        message.message,
      ];
      return;
  }
}

/** Takes away a sentence that was read. */
export function dismissProblem(message: string): void {
  problems.value = problems.value.filter((problem) => problem !== message);
}

function showKeys(next: readonly string[]): void {
  shownKeys.value = next;
  for (const key of known.keys()) if (!next.includes(key)) known.delete(key);
  publish();
}

function showRun(view: RunView): void {
  const run = known.get(view.key);
  if (run) {
    run.view.value = view;
    return;
  }
  known.set(view.key, {
    key: view.key,
    view: signal(view),
    columns: new RunColumns(),
    revision: signal(0),
  });
  publish();
}

function publish(): void {
  runs.value = shownKeys.value.flatMap((key) => known.get(key) ?? []);
}

/** Many chunks may come in one frame; each chart is drawn once. */
function growSoon(run: ShownRun): void {
  if (grown.size === 0) requestAnimationFrame(publishGrowth);
  grown.add(run);
}

function publishGrowth(): void {
  const changed = [...grown];
  grown.clear();
  for (const run of changed) run.revision.value++;
}
