// Bundles the fuzzer of the readers of weight files and runs it: `npm run fuzz -- --count 1000`.
import { spawn } from 'node:child_process';
import path from 'node:path';
import { build } from 'esbuild';

process.chdir(path.resolve(import.meta.dirname, '../..'));
const outfile = 'dist/test/fuzz.cjs';
await build({
  entryPoints: ['test/fuzz/main.ts'],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  mainFields: ['module', 'main'],
  sourcemap: 'inline',
  logLevel: 'warning',
});
const args = ['--enable-source-maps', outfile, ...process.argv.slice(2)];
spawn(process.execPath, args, { stdio: 'inherit' }).on('exit', (code) => {
  process.exitCode = code ?? 1;
});
