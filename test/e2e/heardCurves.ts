import type { BrowserContext, FrameLocator } from 'playwright-core';
import type { ToDashboard } from '../../src/shared/dashboard';
import type { ScalarRecord } from '../../src/shared/runFolder';

/** What a dashboard was told of the curves of one run since it was loaded. */
export interface HeardCurves {
  readonly steps: readonly number[];
  readonly times: readonly number[];
  /** NaN where a row lacks the tag. */
  readonly columns: Readonly<Record<string, readonly number[]>>;
  /** Chunks that did not continue what was there. */
  readonly gaps: readonly string[];
  /** Milliseconds from the time in the newest row of a chunk to the next frame of the page. */
  readonly delays: readonly number[];
}

interface Recording {
  steps: number[];
  times: number[];
  columns: Record<string, number[]>;
  gaps: string[];
  delays: number[];
}
interface RecordedWindow {
  heardCurves?: Record<string, Recording>;
}

/** Lets every webview of a browser context keep what it is told; to be called before pages open. */
export async function recordCurves(context: BrowserContext): Promise<void> {
  await context.addInitScript(listenAlong);
}

/** What the dashboard in a frame was told of a run; undefined before it was told anything. */
export async function heardCurves(
  frame: FrameLocator,
  key: string,
): Promise<HeardCurves | undefined> {
  return frame.locator('body').evaluate((_body, key) => {
    return (window as unknown as RecordedWindow).heardCurves?.[key];
  }, key);
}

/**
 * The first difference between what a page was told and the file, as a sentence; undefined where
 * they agree. The file may have grown further.
 */
export function differenceFromFile(
  heard: HeardCurves,
  records: readonly ScalarRecord[],
): string | undefined {
  if (heard.gaps.length > 0) return heard.gaps.join(' ');
  for (const [row, step] of heard.steps.entries()) {
    const record = records.at(row);
    if (record === undefined) return `Row ${row} (step ${step}) is not in the file.`;
    if (record.step !== step || record.time !== heard.times[row]) {
      return `Row ${row} is step ${step} and should be step ${record.step}.`;
    }
    for (const [tag, values] of Object.entries(heard.columns)) {
      const value = tag in record ? Math.fround(record[tag]) : NaN;
      if (!Object.is(values[row], value)) {
        return `${tag} of step ${step} is ${values[row]} and should be ${value}.`;
      }
    }
    const untold = Object.keys(record).find((tag) => !isKnown(heard, tag));
    if (untold !== undefined) return `${untold} of step ${step} is missing.`;
  }
  return undefined;
}

const isKnown = (heard: HeardCurves, tag: string): boolean =>
  tag === 'step' || tag === 'time' || tag in heard.columns;

/**
 * Runs in every frame before its scripts. VS Code writes a page into its frame with
 * `document.open`, which takes away all listeners; so this listens when the page begins to.
 */
function listenAlong(): void {
  const curves: Record<string, Recording> = {};
  (window as unknown as RecordedWindow).heardCurves = curves;
  const note = ({ data }: MessageEvent<ToDashboard | undefined>): void => {
    if (data?.type !== 'rows') return;
    const { key, from, steps, times, columns } = data;
    const known = (curves[key] ??= { steps: [], times: [], columns: {}, gaps: [], delays: [] });
    if (from === 0) Object.assign(known, { steps: [], times: [], columns: {} });
    else if (from !== known.steps.length) {
      known.gaps.push(`Rows from ${from} came after ${known.steps.length} rows.`);
      return;
    }
    known.steps.push(...steps);
    known.times.push(...times);
    for (const [tag, values] of Object.entries(columns)) {
      const column = (known.columns[tag] ??= new Array<number>(from).fill(NaN));
      column.push(...values);
    }
    for (const column of Object.values(known.columns)) {
      while (column.length < known.steps.length) column.push(NaN);
    }
    const newest = times.at(-1);
    if (newest === undefined) return;
    requestAnimationFrame(() => known.delays.push(Date.now() - newest * 1000));
  };
  const listen = Object.getOwnPropertyDescriptor(EventTarget.prototype, 'addEventListener')
    ?.value as typeof window.addEventListener;
  let listening = false;
  EventTarget.prototype.addEventListener = function (
    this: EventTarget,
    ...args: Parameters<EventTarget['addEventListener']>
  ): void {
    if (args[0] === 'message' && this === window && !listening) {
      listening = true;
      listen.call(window, 'message', note as EventListener);
    }
    listen.apply(this as Window, args as Parameters<Window['addEventListener']>);
  };
}
