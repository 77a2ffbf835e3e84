import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { probeRuntime } from '../../../src/runtime/probe/probe';
import { trainerEnvironment } from '../../../src/runtime/trainerEnvironment';
import { runFile } from '../../../src/shared/runFolder';
import { launchTrainer } from '../../../src/trainer/launch';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'sn-gan-launch-'));
  writeFileSync(path.join(folder, 'trainer.cjs'), 'console.log(JSON.stringify(process.env));');
  writeFileSync(
    path.join(folder, 'probe.cjs'),
    `const reason = process.env.ELECTRON_RUN_AS_NODE + ' ' + process.env.NODE_OPTIONS;
     process.send({ usable: false, name: 'wasm', reason }, () => process.exit(0));`,
  );
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const env = trainerEnvironment({ ...process.env, NODE_OPTIONS: '--no-such-option' }, true);

describe('a trainer that is launched', () => {
  it('gets exactly the environment that is given', async () => {
    const child = launchTrainer(folder, process.execPath, folder, { env });
    expect(await once(child, 'exit')).toEqual([0, null]);
    const seen = JSON.parse(readFileSync(path.join(folder, runFile.log), 'utf8')) as object;
    expect(seen).toMatchObject({ PATH: process.env['PATH'], ELECTRON_RUN_AS_NODE: '1' });
    expect(seen).not.toHaveProperty('NODE_OPTIONS');
  });
});

describe('a probe', () => {
  it('gets the environment that is given', async () => {
    const program = path.join(folder, 'probe.cjs');
    const result = await probeRuntime('wasm', { seconds: 0, program, env });
    expect(result).toMatchObject({ usable: false, reason: '1 undefined' });
  });
});
