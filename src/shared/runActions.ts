import type { RunStatus } from './runFolder';

/** What can be done with a run, in the order in which buttons and menus show it. */
export const runActions = [
  'pause',
  'resume',
  'stop',
  'checkpoint',
  'sample',
  'takeControl',
] as const;
export type RunAction = (typeof runActions)[number];

/** Who may command a living trainer. */
export type Control = 'here' | 'elsewhere' | 'nobody';

/** Whether a living trainer of the run obeys this window. */
export function isCommanded(status: RunStatus, control: Control, trusted: boolean): boolean {
  return trusted && control === 'here' && (status === 'running' || status === 'paused');
}

/**
 * What can be done now: the one rule behind buttons, menus and the command palette.
 *
 * @param control who may command; without meaning where no trainer lives
 * @param trusted whether the workspace is trusted: an untrusted one may look and not train
 */
export function actionsOf(
  status: RunStatus,
  control: Control,
  trusted: boolean,
): readonly RunAction[] {
  if (!trusted) return [];
  switch (status) {
    case 'running':
    case 'paused': {
      if (control === 'elsewhere') return ['takeControl'];
      if (control === 'nobody') return [];
      return [status === 'running' ? 'pause' : 'resume', 'stop', 'checkpoint', 'sample'];
    }
    case 'stopped':
    case 'failed':
    case 'dead':
      return ['resume'];
    // A finished run can train on with more steps.
    case 'finished':
      return ['resume'];
    case 'elsewhere':
      return [];
  }
}
