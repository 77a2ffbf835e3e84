import { t } from '@vscode/l10n';
import { nameOf, type ListedRun } from '../runs/listedRun';
import { faceOf, faceWord, type RunFace, type RunText } from './runText';

/** What the status bar says. */
export interface StatusText {
  readonly face: RunFace;
  /** Without the icon. */
  readonly text: string;
  /** One line for each run that trains. */
  readonly details: readonly string[];
  /** Folders of the runs that train. */
  readonly folders: readonly string[];
}

/** A bar has no room for more of a name. */
const NAME_CHARACTERS = 24;

/** Says what trains on this machine; undefined where nothing does. */
export function statusText(runs: readonly ListedRun[], text: RunText): StatusText | undefined {
  const living = runs.filter(({ status }) => status === 'running' || status === 'paused');
  const [first] = living;
  if (living.length === 0) return undefined;
  const busy = living.find(({ status }) => status === 'running') ?? first;
  return {
    face: faceOf(busy),
    text: living.length === 1 ? ofOne(first, text) : ofSeveral(living),
    details: living.map((run) => `${nameOf(run)}: ${detailsOf(run, text)}`),
    folders: living.map(({ folder }) => folder),
  };
}

function ofOne(run: ListedRun, text: RunText): string {
  const { progress } = run.identity;
  const name = shortened(nameOf(run));
  const face = faceOf(run);
  if (face === 'starting') return t('{0}: starting…', name);
  if (face === 'paused') return t('{0}: paused at {1}', name, text.steps(progress));
  const left = text.remaining(progress);
  return left === undefined
    ? t('{0}: {1}', name, text.steps(progress))
    : t('{0}: {1} · {2} left', name, text.steps(progress), left);
}

function ofSeveral(living: readonly ListedRun[]): string {
  const running = living.filter(({ status }) => status === 'running').length;
  const paused = living.length - running;
  if (paused === 0) return t('{0} running', running);
  return running === 0 ? t('{0} paused', paused) : t('{0} running, {1} paused', running, paused);
}

function detailsOf(run: ListedRun, text: RunText): string {
  const { progress } = run.identity;
  const isRunning = run.status === 'running';
  const left = isRunning ? text.remaining(progress) : undefined;
  const parts = [
    faceWord(run),
    `${text.steps(progress)} (${text.share(progress)})`,
    isRunning ? text.speed(progress) : undefined,
    left && t('about {0} left', left),
    text.losses(progress),
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}

function shortened(name: string): string {
  const characters = Array.from(name);
  if (characters.length <= NAME_CHARACTERS) return name;
  return `${characters.slice(0, NAME_CHARACTERS - 1).join('')}…`;
}
