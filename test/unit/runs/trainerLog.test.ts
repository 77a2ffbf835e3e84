import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linesOfProcess } from '../../../src/runs/trainerLog';
import { openLog } from '../../../src/runs/log';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'sn-gan-log-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('linesOfProcess', () => {
  it('counts the warnings that a trainer of this process writes', async () => {
    const file = path.join(folder, 'own.log');
    const log = openLog(file);
    log.info('Fine.');
    log.warn('Skipped a.png: damaged');
    log.error('Bad.', new Error('with a stack'));
    log.close();
    expect((await linesOfProcess(file, process.pid)).warnings).toBe(2);
    expect((await linesOfProcess(file, process.pid + 1)).warnings).toBe(0);
  });

  it('gives the last lines of one session, with what libraries printed into it', async () => {
    const file = path.join(folder, 'two.log');
    const lines = ['[t] INFO (1): old', 'old stack', '[t] INFO (2): new', 'Segmentation fault'];
    writeFileSync(file, `${lines.join('\n')}\n`);
    const session = await linesOfProcess(file, 2);
    expect(session.last(8)).toEqual(lines.slice(2));
    expect(session.last(1)).toEqual(['Segmentation fault']);
  });

  it('finds nothing where there is no log', async () => {
    const session = await linesOfProcess(path.join(folder, 'none.log'), 1);
    expect(session.warnings).toBe(0);
    expect(session.last(3)).toEqual([]);
  });
});
