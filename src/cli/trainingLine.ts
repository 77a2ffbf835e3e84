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
/** Room for `-0.12`. */
const LOSS_WIDTH = 5;

/**
 * A view in words. On one line of a terminal (`wide`, or `narrow` with less of it) numbers that
 * change keep their width, so that what follows them does not jitter.
 */
export function describeTraining(
  view: TrainingView,
  style: 'plain' | 'wide' | 'narrow' = 'plain',
): string[] {
  const { state, step, total, imagesPerSecond, lossD, lossG, secondsLeft } = view;
  const isPlain = style === 'plain';
  const count = (value: number): string =>
    style === 'narrow' ? String(value) : value.toLocaleString('en');
  const speed = imagesPerSecond > 0 && style !== 'narrow';
  const left = secondsLeft === undefined ? [] : [`${formatDuration(secondsLeft)} left`];
  const loss = (value: number): string => formatLoss(value).padStart(isPlain ? 0 : LOSS_WIDTH);
  return [
    `${count(step).padStart(style === 'wide' ? count(total).length : 0)}/${count(total)}`,
    ...(state === 'paused' ? ['paused'] : left),
    ...(speed ? [`${formatSpeed(imagesPerSecond)} images/s`] : []),
    ...(lossD === null ? [] : [`D ${loss(lossD)}`]),
    ...(lossG === null ? [] : [`G ${loss(lossG)}`]),
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
  const wordings = (['wide', 'narrow'] as const).map((style) =>
    [percent, ...describeTraining(view, style)].join('  '),
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
