import { SingleBar } from 'cli-progress';
import type { Hint } from '../shared/control';
import { note } from './output';
import { describeTraining, trainingLine, type TrainingView } from './trainingLine';

/** Shows a training on standard error while it runs. */
export interface TrainingDisplay {
  readonly show: (hint: Hint) => void;
  /** Puts a line between what is shown. */
  readonly say: (line: string) => void;
  readonly close: () => void;
}

/** Milliseconds between two lines where there is no terminal. */
const LINE_INTERVAL_MS = 5_000;

/** A bar on a terminal, a plain line every few seconds elsewhere. */
export function trainingDisplay(): TrainingDisplay {
  return process.stderr.isTTY ? barDisplay(process.stderr) : lineDisplay();
}

function barDisplay(stream: NodeJS.WriteStream): TrainingDisplay {
  const viewOf = timed();
  let view: TrainingView | undefined;
  let bar: SingleBar | undefined;
  const close = (): void => {
    bar?.stop();
    bar = undefined;
  };
  const open = ({ total, step }: TrainingView): SingleBar => {
    const opened = new SingleBar({
      format: () => (view ? trainingLine(view, stream.columns ?? 80) : ''),
      stream,
      hideCursor: true,
      gracefulExit: false,
    });
    opened.start(total, step);
    return opened;
  };
  return {
    show: (hint) => {
      view = viewOf(hint);
      bar ??= open(view);
      bar.update(hint.step);
    },
    say: (line) => {
      close();
      note(line);
    },
    close,
  };
}

function lineDisplay(): TrainingDisplay {
  const viewOf = timed();
  let next = performance.now();
  let shown: number | undefined;
  let last: TrainingView | undefined;
  const write = (view: TrainingView): void => {
    if (view.step !== shown) note(`step ${describeTraining(view).join(', ')}`);
    shown = view.step;
  };
  return {
    show: (hint) => {
      last = viewOf(hint);
      if (performance.now() < next) return;
      next = performance.now() + LINE_INTERVAL_MS;
      write(last);
    },
    say: note,
    close: () => {
      if (last) write(last);
    },
  };
}

/** Adds the time left, from the steps done since the first hint. */
function timed(): (hint: Hint) => TrainingView {
  let first: { step: number; at: number } | undefined;
  return (hint) => {
    const at = performance.now();
    first ??= { step: hint.step, at };
    const done = hint.step - first.step;
    const perStep = done > 0 ? (at - first.at) / 1000 / done : undefined;
    const secondsLeft = perStep === undefined ? undefined : perStep * (hint.total - hint.step);
    return { ...hint, secondsLeft };
  };
}
