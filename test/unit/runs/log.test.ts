import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';

const folder = mkdtempSync(path.join(tmpdir(), 'sn-gan-log-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('openLog', () => {
  it('works as one CommonJS bundle and loses no line of a process that is killed', async () => {
    const bundle = path.join(folder, 'entry.cjs');
    const log = path.join(folder, 'trainer.log');
    writeFileSync(log, 'an earlier line\n');
    const entry = `
      import { openLog } from './src/runs/log';
      import { UserError } from './src/shared/userError';
      const log = openLog(process.argv[2]);
      log.info('training begins', { runtime: 'wasm', step: 3 });
      log.warn('slow disk');
      log.error('Sad.', new UserError('Do this.', { cause: new UserError('Do this.') }));
      log.error('Sad.', new UserError('Do that.', { cause: new Error('deep') }));
      log.error('step failed', new Error('outer', { cause: new Error('inner') }));
      process.kill(process.pid, 'SIGKILL');`;
    await build({
      stdin: { contents: entry, resolveDir: path.resolve(import.meta.dirname, '../../..') },
      outfile: bundle,
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      mainFields: ['module', 'main'],
    });
    // Run where no node_modules can be found: the bundle needs none.
    const { pid, stderr } = spawnSync(process.execPath, [bundle, log], { cwd: folder });
    expect(stderr.toString()).toBe('');
    const lines = readFileSync(log, 'utf8').split('\n');
    const time = /^\[\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z\] /;
    expect(lines[0]).toBe('an earlier line');
    expect(lines.slice(1, 5).every((line) => time.test(line))).toBe(true);
    expect(lines.slice(1, 5).map((line) => line.replace(time, ''))).toEqual([
      `INFO (${pid}): training begins {"runtime":"wasm","step":3}`,
      `WARN (${pid}): slow disk`,
      `ERROR (${pid}): Sad. Do this.`,
      expect.stringContaining(`ERROR (${pid}): Sad. Do that.`),
    ]);
    const rest = lines.slice(5).join('\n');
    expect(rest).toMatch(/Error: deep\n\s+at /);
    expect(rest).toContain(`ERROR (${pid}): step failed`);
    expect(rest).toMatch(/Error: outer\n\s+at .*[^]*caused by: Error: inner\n\s+at /);
    expect(rest.endsWith('\n')).toBe(true);
    // No escape sequences: the file is for any editor.
    expect(rest).not.toContain('\u001b');
    const written = Date.parse(lines[1].slice(1, 25));
    expect(Math.abs(Date.now() - written)).toBeLessThan(60_000);
  });
});
