import { formatDuration } from './duration';

/** What is shown of a training in progress. */
export interface TrainingView {
  readonly state: string;
  readonly step: number;
  readonly total: number;
  /** 0 before the first measurement. */
  readonly imagesPerSecond: number;
  readonly lossD: number | null;
  readonly lossG: number | null;
  /** Undefined until it can be told. */
  readonly secondsLeft: number | undefined;
}

const MIN_BAR = 10;
const MAX_BAR = 40;

/** A view in words, without the bar; `short` leaves out what a narrow terminal has no room for. */
export function describeTraining(view: TrainingView, short = false): string[] {
  const { state, step, total, imagesPerSecond, lossD, lossG, secondsLeft } = view;
  const count = (value: number): string => (short ? String(value) : value.toLocaleString('en'));
  const speed = imagesPerSecond > 0 && !short ? [`${formatSpeed(imagesPerSecond)} images/s`] : [];
  const left = secondsLeft === undefined ? [] : [`${formatDuration(secondsLeft)} left`];
  return [
    `${count(step)}/${count(total)}`,
    ...(state === 'paused' ? ['paused'] : left),
    ...speed,
    ...(lossD === null ? [] : [`D ${formatLoss(lossD)}`]),
    ...(lossG === null ? [] : [`G ${formatLoss(lossG)}`]),
  ];
}

/**
 * One line for a terminal of so many columns: bar, percentage, step, time left, speed and losses.
 * What does not fit goes, the speed first and the bar second; nothing ever wraps.
 */
export function trainingLine(view: TrainingView, columns: number): string {
  const share = view.total > 0 ? Math.min(1, view.step / view.total) : 0;
  const percent = `${String(Math.floor(100 * share)).padStart(3)}%`;
  // The last column stays free: some terminals wrap as soon as it is filled.
  const room = columns - 1;
  const wordings = [describeTraining(view), describeTraining(view, true)].map((words) =>
    [percent, ...words].join('  '),
  );
  for (const words of wordings) {
    const bar = Math.min(MAX_BAR, room - words.length - 1);
    if (bar >= MIN_BAR) return `${drawnBar(share, bar)} ${words}`;
  }
  return wordings[1].slice(0, Math.max(0, room));
}

function drawnBar(share: number, width: number): string {
  const full = Math.round(share * width);
  return '█'.repeat(full) + '░'.repeat(width - full);
}

function formatSpeed(value: number): string {
  return value >= 10 ? Math.round(value).toLocaleString('en') : value.toPrecision(2);
}

function formatLoss(value: number): string {
  return Math.abs(value) < 1000 ? value.toFixed(2) : value.toExponential(1);
}
