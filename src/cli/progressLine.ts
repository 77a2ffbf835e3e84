import { SingleBar } from 'cli-progress';
import { note } from './output';

/** Progress of a long operation on standard error. */
export interface ProgressLine {
  readonly update: (done: number, total: number | undefined) => void;
  readonly stop: () => void;
}

/** Seconds between two lines where there is no terminal. */
const lineInterval = 10;

/** A bar with the time left on a terminal, a plain line every ten seconds elsewhere. */
export function progressLine(unit: string): ProgressLine {
  return process.stderr.isTTY ? bar(unit) : lines(unit);
}

function bar(unit: string): ProgressLine {
  const drawn = new SingleBar({
    format: `{bar} {value}/{total} ${unit} | {eta_formatted} left`,
    formatValue: (value, _options, type) =>
      type === 'value' || type === 'total' ? Math.round(value).toLocaleString('en') : String(value),
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  });
  let started = false;
  return {
    update: (done, total) => {
      if (!started) drawn.start(total ?? 0, 0);
      started = true;
      drawn.setTotal(total ?? done);
      drawn.update(done);
    },
    stop: () => {
      if (started) drawn.stop();
    },
  };
}

function lines(unit: string): ProgressLine {
  let next = performance.now() + lineInterval * 1000;
  return {
    update: (done, total) => {
      if (performance.now() < next) return;
      next = performance.now() + lineInterval * 1000;
      const of = total === undefined ? '' : ` of ${Math.round(total).toLocaleString('en')}`;
      note(`${Math.round(done).toLocaleString('en')}${of} ${unit}`);
    },
    stop: () => undefined,
  };
}
