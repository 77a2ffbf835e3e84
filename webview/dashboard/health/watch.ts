import { effect, signal } from '@preact/signals';
import { runs, type ShownRun } from '../runs';
import { examine } from './examine';
import type { Finding } from './evidence';

/** What was found in the runs shown, by their keys; of one that is not there nothing is known. */
export const findings = signal<ReadonlyMap<string, readonly Finding[]>>(new Map());

/** Health changes over minutes. */
const SHORTEST_PAUSE_MS = 1_000;
/** Silence is found by waiting, too. */
const LONGEST_PAUSE_MS = 15_000;
/** Examining a million rows takes tens of milliseconds; this is the share of time it may take. */
const PAUSE_PER_COST = 100;

interface Watched {
  rows: number;
  step: number;
  heardAt: number;
}

/**
 * Examines the runs again whenever they have changed, and now and then, but never so often that it
 * costs more than a hundredth of the time.
 *
 * @returns what ends it
 */
export function watchHealth(): () => void {
  const watched = new WeakMap<ShownRun, Watched>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pause = SHORTEST_PAUSE_MS;
  let examinedAt = -Infinity;

  const examineAll = (): void => {
    const begin = performance.now();
    const all = runs.peek().map((run) => [run.key, examineRun(run, watched)] as const);
    findings.value = new Map(all);
    examinedAt = performance.now();
    const rows = runs.peek().some(({ columns }) => columns.length > 0);
    pause = rows ? Math.max(SHORTEST_PAUSE_MS, PAUSE_PER_COST * (examinedAt - begin)) : 0;
    timer = setTimeout(examineAll, Math.max(pause, LONGEST_PAUSE_MS));
  };
  const stop = effect(() => {
    // Chunks that are still on their way would show a run as it was long ago.
    const complete = runs.value.every(({ view, revision, columns }) => {
      void view.value;
      return revision.value >= 0 && columns.length === columns.total;
    });
    if (!complete) return;
    clearTimeout(timer);
    timer = setTimeout(examineAll, Math.max(0, examinedAt + pause - performance.now()));
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}

function examineRun(run: ShownRun, watched: WeakMap<ShownRun, Watched>): readonly Finding[] {
  const view = run.view.peek();
  const { columns } = run;
  const { step } = view.identity.progress;
  const now = performance.now();
  let seen = watched.get(run);
  if (seen?.rows !== columns.length || seen.step !== step || view.status !== 'running') {
    seen = { rows: columns.length, step, heardAt: now };
    watched.set(run, seen);
  }
  return examine({ view, columns, silence: (now - seen.heardAt) / 1000 });
}
