import type { Annotations, RunIdentity, RunStatus } from '../../shared/runFolder';

/** A run as lists show it. */
export interface ListedRun {
  /** Path of its folder; also its key everywhere. */
  readonly folder: string;
  readonly identity: RunIdentity;
  readonly status: RunStatus;
  readonly annotations: Annotations;
}

/** The name a person knows the run by. */
export function nameOf({ annotations, identity }: ListedRun): string {
  return annotations.name ?? identity.name;
}
