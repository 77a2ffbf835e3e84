import { signal } from '@preact/signals';
import type { RunView } from '../../../src/shared/dashboard';
import { gridAddress } from '../samples/addresses';
import { gridBeside } from '../samples/beside';
import { pictures } from '../samples/pictures';
import { gridIndex, gridSteps, sampledRun, showGrid } from '../samples/shownGrid';
import { view } from '../viewState';
import { reducesMotion } from '../../ui/motion';

/** Grids that are decoded before their turn. */
const AHEAD = 4;
/** Whoever asked for less motion and still plays sees one grid a second at most. */
const CALM_INTERVAL_MS = 1000;

/** Whether the grids are being played; never by itself. */
export const playing = signal(false);

let timer: ReturnType<typeof setTimeout> | undefined;
let turn = 0;

/** Plays the grids from the one that is shown, or all of them again from the end. */
export function play(): void {
  const last = gridSteps.peek().length - 1;
  if (playing.peek() || last < 1) return;
  if (gridIndex.peek() >= last) showGrid(0);
  playing.value = true;
  void showNext(++turn);
}

/** Plays or stops. */
export function togglePlaying(): void {
  if (playing.peek()) stopPlaying();
  else play();
}

/** Stops at the grid that is shown. */
export function stopPlaying(): void {
  clearTimeout(timer);
  turn++;
  playing.value = false;
}

/** Shows the next grid once it is decoded and its time has come; any other cursor ends the play. */
async function showNext(current: number): Promise<void> {
  const from = gridIndex.peek();
  const cursor = view.cursor.peek();
  if (from >= gridSteps.peek().length - 1) {
    stopPlaying();
    return;
  }
  const due = performance.now() + interval();
  for (let i = 2; i <= AHEAD; i++) void decodeGrid(from + i);
  await decodeGrid(from + 1);
  if (current !== turn) return;
  timer = setTimeout(() => {
    if (view.cursor.peek() !== cursor) {
      stopPlaying();
      return;
    }
    showGrid(from + 1);
    void showNext(current);
  }, due - performance.now());
}

function interval(): number {
  const { playInterval } = view.preferences.peek();
  return reducesMotion() ? Math.max(playInterval, CALM_INTERVAL_MS) : playInterval;
}

async function decodeGrid(index: number): Promise<void> {
  const run = sampledRun.peek()?.view.peek();
  const step = gridSteps.peek().at(index);
  if (run === undefined || step === undefined) return;
  const { beside } = view.samples.peek();
  const second = beside?.step === null ? gridBeside(beside, step) : undefined;
  const grids = second ? [{ run, step }, second] : [{ run, step }];
  // A grid that is missing has its turn, too: the place where it should be says so.
  await Promise.allSettled(grids.map((grid) => decode(grid.run, grid.step)));
}

async function decode(run: RunView, step: number | undefined): Promise<void> {
  if (step !== undefined) await pictures.load(gridAddress(run, step));
}
