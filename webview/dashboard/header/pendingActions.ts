import { signal } from '@preact/signals';
import type { RunView } from '../../../src/shared/dashboard';
import type { RunAction } from '../../../src/shared/runActions';
import { send } from '../connection';
import { problems, type ShownRun } from '../runs';

/** A snapshot this long after the click has seen what came of it. */
const SETTLED_MS = 3_000;
/** Nothing to see after this: the button is free again. */
const FORGOTTEN_MS = 10_000;

interface Pending {
  readonly since: number;
  readonly before: RunView;
  readonly problems: readonly string[];
}

/** What was asked for and has not shown any effect yet, by run and action. */
const pending = signal<ReadonlyMap<string, Pending>>(new Map());

function nameOf(key: string, action: RunAction): string {
  return `${action} ${key}`;
}

/** Asks for an action; its button shows that until something came of it. */
export function ask(run: ShownRun, action: RunAction): void {
  send({ type: 'action', key: run.key, action });
  const name = nameOf(run.key, action);
  const asked: Pending = {
    since: performance.now(),
    before: run.view.peek(),
    problems: problems.peek(),
  };
  pending.value = new Map(pending.peek()).set(name, asked);
  setTimeout(() => {
    if (pending.peek().get(name) !== asked) return;
    const rest = new Map(pending.peek());
    rest.delete(name);
    pending.value = rest;
  }, FORGOTTEN_MS);
}

/** Whether an action was asked for and nothing has come of it. */
export function isPending(run: ShownRun, action: RunAction): boolean {
  const asked = pending.value.get(nameOf(run.key, action));
  const view = run.view.value;
  if (!asked || problems.value !== asked.problems) return false;
  if (view === asked.before) return true;
  return performance.now() - asked.since < SETTLED_MS && !hasEffect(action, asked.before, view);
}

function hasEffect(action: RunAction, before: RunView, now: RunView): boolean {
  switch (action) {
    case 'checkpoint':
      return now.checkpoints.at(-1) !== before.checkpoints.at(-1);
    case 'sample':
      return now.samples.at(-1) !== before.samples.at(-1);
    case 'takeControl':
      return now.control !== before.control;
    case 'pause':
    case 'resume':
    case 'stop':
      return now.status !== before.status;
  }
}
