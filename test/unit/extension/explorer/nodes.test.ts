import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  fileFrom,
  folderFrom,
  foldersFrom,
  nodeId,
  stepFrom,
  type ExplorerNode,
} from '../../../../src/extension/explorer/nodes';
import { childrenOfFolder, childrenOfRun } from '../../../../src/extension/explorer/runChildren';
import { stepStem } from '../../../../src/shared/stepNames';

const root = mkdtempSync(path.join(tmpdir(), 'sn-gan-nodes-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const a: ExplorerNode = { kind: 'run', folder: '/runs/a' };
const b: ExplorerNode = { kind: 'run', folder: '/runs/b' };
const checkpoint: ExplorerNode = {
  kind: 'checkpoint',
  folder: '/runs/a',
  step: 100,
  file: '/runs/a/checkpoints/step-000100.safetensors',
};

describe('what a command is called with', () => {
  it('is an element of the tree, a path, or nothing', () => {
    expect(folderFrom(a)).toBe('/runs/a');
    expect(folderFrom(checkpoint)).toBe('/runs/a');
    expect(folderFrom('/runs/a')).toBe('/runs/a');
    expect([undefined, null, {}, 7, { kind: 'group', id: 'today' }].map(folderFrom)).toEqual(
      Array(5).fill(undefined),
    );
    expect(fileFrom(checkpoint)).toBe('/runs/a/checkpoints/step-000100.safetensors');
    expect(fileFrom(a)).toBeUndefined();
    expect(stepFrom(checkpoint)).toBe(100);
    expect(stepFrom('/runs/a')).toBeUndefined();
  });

  it('is everything that is selected, each run once', () => {
    expect(foldersFrom(a, [a, checkpoint, b, { kind: 'group', id: 'today' }])).toEqual([
      '/runs/a',
      '/runs/b',
    ]);
    expect(foldersFrom(a, undefined)).toEqual(['/runs/a']);
    expect(foldersFrom(undefined, undefined)).toEqual([]);
  });
});

describe('the children of a run', () => {
  /** A run folder with these files. */
  function runWith(...files: readonly string[]): string {
    const folder = mkdtempSync(path.join(root, 'run-'));
    for (const file of files) {
      mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
      writeFileSync(path.join(folder, file), '');
    }
    return folder;
  }

  it('are what is there, with ids that differ', async () => {
    const folder = runWith(
      'run.json',
      'config.sngan.json',
      'trainer.log',
      'checkpoints/step-000100.safetensors',
      'samples/step-000000.png',
      'events.out.tfevents.1.host',
      'events.out.tfevents.2.host',
      'control.key',
    );
    const children = await childrenOfRun({ kind: 'run', folder });
    expect(children.map(({ kind }) => kind)).toEqual([
      'checkpoints',
      'samples',
      'config',
      'log',
      'events',
      'events',
    ]);
    expect(new Set(children.map(nodeId)).size).toBe(children.length);
    expect(await childrenOfRun({ kind: 'run', folder: runWith('run.json') })).toEqual([]);
    expect(await childrenOfRun({ kind: 'run', folder: path.join(root, 'gone') })).toEqual([]);
  });

  it('are all checkpoints, the newest first', async () => {
    const folder = runWith(
      ...[100, 2000, 300].map((step) => `checkpoints/${stepStem(step)}.safetensors`),
      'checkpoints/.step-000400.safetensors.0123456789ab-0.tmp',
    );
    const nodes = await childrenOfFolder({ kind: 'checkpoints', folder });
    expect(nodes.map(stepFrom)).toEqual([2000, 300, 100]);
  });

  it('are the newest grids, and one that leads to the others', async () => {
    const folder = runWith(
      ...Array.from({ length: 50 }, (_, i) => `samples/${stepStem(i * 100)}.png`),
    );
    const nodes = await childrenOfFolder({ kind: 'samples', folder });
    expect(nodes).toHaveLength(21);
    expect(nodes[0]).toMatchObject({ kind: 'sample', step: 4900 });
    expect(nodes.at(-1)).toEqual({ kind: 'more', folder, count: 30 });
  });
});
