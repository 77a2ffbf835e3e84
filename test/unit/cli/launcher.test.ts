import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const launcher = path.resolve(import.meta.dirname, '../../../src/cli/sn-gan.cjs');

/** A build that makes a command which prints which build it is of. */
const build = `
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
const dist = path.join(import.meta.dirname, 'dist');
mkdirSync(dist, { recursive: true });
const count = path.join(dist, 'count');
const builds = existsSync(count) ? Number(readFileSync(count)) + 1 : 1;
writeFileSync(count, String(builds));
writeFileSync(path.join(dist, 'cli.cjs'), \`console.log('build \${builds}', ...process.argv.slice(2))\`);
console.log('noise of the build');
`;

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'sn-gan-launcher-'));
  mkdirSync(path.join(root, 'src/cli'), { recursive: true });
  copyFileSync(launcher, path.join(root, 'src/cli/sn-gan.cjs'));
  writeFileSync(path.join(root, 'src/a.ts'), '');
  writeFileSync(path.join(root, 'esbuild.mjs'), build);
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function launch(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const script = path.join(root, 'src/cli/sn-gan.cjs');
  return spawnSync(process.execPath, [script, ...args], { cwd: os.tmpdir(), encoding: 'utf8' });
}

describe('the launcher', () => {
  it('builds what is missing, keeps standard output clean and passes the arguments on', () => {
    const { status, stdout, stderr } = launch('train', '--json');
    expect({ status, stdout }).toEqual({ status: 0, stdout: 'build 1 train --json\n' });
    expect(stderr).toBe('noise of the build\n');
  });

  it('builds again only when a source is newer', () => {
    launch();
    expect(launch().stdout).toBe('build 1\n');
    const later = Date.now() / 1000 + 10;
    utimesSync(path.join(root, 'src/a.ts'), later, later);
    expect(launch().stdout).toBe('build 2\n');
  });

  it('builds nothing where there is nothing to build with', () => {
    launch();
    rmSync(path.join(root, 'esbuild.mjs'));
    const later = Date.now() / 1000 + 10;
    utimesSync(path.join(root, 'src/a.ts'), later, later);
    expect(launch().stdout).toBe('build 1\n');
  });

  it('runs nothing when the build fails', () => {
    writeFileSync(path.join(root, 'esbuild.mjs'), 'process.exit(1)');
    expect(launch()).toMatchObject({ status: 1, stdout: '' });
    expect(existsSync(path.join(root, 'dist'))).toBe(false);
  });
});
