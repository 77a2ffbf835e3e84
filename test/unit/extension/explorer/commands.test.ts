import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { describeLoss } from '../../../../src/extension/explorer/commands/describeLoss';
import { meantRun } from '../../../../src/extension/explorer/commands/meantRun';
import { measureRun } from '../../../../src/extension/explorer/commands/measureRun';
import { RunText } from '../../../../src/extension/explorer/runText';
import { listedRun } from '../runs/someRuns';

const root = mkdtempSync(path.join(tmpdir(), 'sn-gan-commands-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('the run that is meant without saying', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((folder) => listedRun('running', { folder }));

  it('is the one of the dashboard in front', () => {
    expect(meantRun({ eligible: [a, b], dashboard: 'b', selected: [a] })).toBe(b);
  });

  it('is the selected one where the dashboard shows a run that is not eligible', () => {
    expect(meantRun({ eligible: [a, b], dashboard: 'c', selected: [a] })).toBe(a);
  });

  it('is the only eligible one', () => {
    expect(meantRun({ eligible: [b], dashboard: undefined, selected: [c] })).toBe(b);
  });

  it('is asked for where it could be several', () => {
    expect(meantRun({ eligible: [a, b], dashboard: undefined, selected: [] })).toBeUndefined();
    expect(meantRun({ eligible: [a, b, c], dashboard: 'x', selected: [a, b] })).toBeUndefined();
  });
});

describe('what is said before runs are deleted', () => {
  const text = new RunText('en');

  it('names one run and what is in it', () => {
    const doomed = { name: 'faces', bytes: 1_234_000, checkpoints: 3, samples: 40 };
    expect(describeLoss([doomed], text)).toEqual({
      question: 'Delete the run "faces"?',
      lines: ['Its curves, log, checkpoints (3) and sample grids (40): 1.2 MB.'],
    });
  });

  it('names several, and counts those that would make the list long', () => {
    const doomed = Array.from({ length: 10 }, (_, i) => ({
      name: `run ${i}`,
      bytes: 1000,
      checkpoints: 1,
      samples: 2,
    }));
    const { question, lines } = describeLoss(doomed, text);
    expect(question).toBe('Delete 10 runs?');
    expect(lines.slice(0, 2)).toEqual(['run 0 (1.0 kB)', 'run 1 (1.0 kB)']);
    expect(lines.slice(-2)).toEqual([
      'and 2 more',
      'Their curves, logs, checkpoints (10) and sample grids (20): 10.0 kB.',
    ]);
  });
});

describe('measureRun', () => {
  it('counts what is in the folder and not what links lead to', async () => {
    const folder = path.join(root, 'run');
    for (const part of ['samples', 'checkpoints']) {
      mkdirSync(path.join(folder, part), { recursive: true });
    }
    writeFileSync(path.join(folder, 'run.json'), Buffer.alloc(10));
    writeFileSync(path.join(folder, 'samples/step-000000.png'), Buffer.alloc(100));
    writeFileSync(path.join(folder, 'samples/other.png'), Buffer.alloc(1));
    writeFileSync(path.join(folder, 'checkpoints/step-000100.safetensors'), Buffer.alloc(1000));
    writeFileSync(path.join(root, 'large'), Buffer.alloc(100_000));
    if (process.platform !== 'win32') {
      symlinkSync(path.join(root, 'large'), path.join(folder, 'linked'));
    }
    expect(await measureRun(folder)).toEqual({ bytes: 1111, checkpoints: 1, samples: 1 });
  });

  it('finds nothing in a folder that has gone', async () => {
    expect(await measureRun(path.join(root, 'gone'))).toEqual({
      bytes: 0,
      checkpoints: 0,
      samples: 0,
    });
  });
});
