import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { isEventsFile } from '../../runs/tensorboard/tensorBoardWriter';
import { listCheckpoints, listSamples } from '../../runs/checkpoints';
import { runFile } from '../../shared/runFolder';
import type { ExplorerNode, FolderNode, RunNode } from './nodes';

/** So many grids are listed one by one; the dashboard has all of them. */
const LISTED_SAMPLES = 20;

/** What is in a run folder, for a person; only what is there. */
export async function childrenOfRun({ folder }: RunNode): Promise<ExplorerNode[]> {
  const names = await namesIn(folder);
  const has = (name: string): boolean => names.includes(name);
  const file = (kind: 'config' | 'log' | 'events', name: string): ExplorerNode[] =>
    has(name) ? [{ kind, folder, file: path.join(folder, name) }] : [];
  const part = (kind: 'checkpoints' | 'samples'): ExplorerNode[] =>
    has(runFile[kind]) ? [{ kind, folder }] : [];
  return [
    ...part('checkpoints'),
    ...part('samples'),
    ...file('config', runFile.config),
    ...file('log', runFile.log),
    ...names
      .filter(isEventsFile)
      .sort()
      .flatMap((name) => file('events', name)),
  ];
}

/** The checkpoints of a run, or its newest sample grids; newest first. */
export async function childrenOfFolder({ kind, folder }: FolderNode): Promise<ExplorerNode[]> {
  const list = kind === 'checkpoints' ? listCheckpoints : listSamples;
  const steps = (await list(folder)).reverse();
  const single = kind === 'checkpoints' ? 'checkpoint' : 'sample';
  const listed = kind === 'samples' ? steps.slice(0, LISTED_SAMPLES) : steps;
  const nodes = listed.map((each): ExplorerNode => ({ kind: single, folder, ...each }));
  const count = steps.length - listed.length;
  return count > 0 ? [...nodes, { kind: 'more', folder, count }] : nodes;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch {
    // Just deleted: the list says so in a moment.
    return [];
  }
}
