import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ListedRun } from '../../../../src/extension/runs/listedRun';
import type { Annotations, RunIdentity, RunStatus } from '../../../../src/shared/runFolder';

/** An identity as a trainer leaves it; single keys can be given. */
export function identity(changes: Partial<RunIdentity> = {}): RunIdentity {
  return {
    format: 1,
    id: 'id',
    name: 'faces',
    created: '2026-03-14T10:00:00.000Z',
    state: 'finished',
    progress: { step: 1200, total: 20_000, imagesPerSecond: 96, lossD: 1.31, lossG: 0.42 },
    ...changes,
  };
}

/** A run as lists hold it, without a folder on the disk. */
export function listedRun(
  status: RunStatus,
  changes: {
    readonly folder?: string;
    readonly identity?: Partial<RunIdentity>;
    readonly annotations?: Partial<Annotations>;
  } = {},
): ListedRun {
  const state = status === 'dead' || status === 'elsewhere' ? 'running' : status;
  return {
    folder: changes.folder ?? '/runs/one',
    identity: identity({ state, ...changes.identity }),
    status,
    annotations: { format: 1, ...changes.annotations },
  };
}

/** Makes a run folder that holds nothing but its identity, and perhaps annotations. */
export function writeRunFolder(
  folder: string,
  run: RunIdentity,
  annotations?: Omit<Annotations, 'format'>,
): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'run.json'), JSON.stringify(run));
  if (!annotations) return;
  const file = path.join(folder, 'annotations.json');
  writeFileSync(file, JSON.stringify({ format: 1, ...annotations }));
}
