#!/usr/bin/env node
// The `sn-gan` command. In a checkout the bundles are built when they are missing or older than the
// sources: installing runs no scripts here, so right after `npm ci` there are none yet.
// Plain CommonJS, because Node starts this file as it is.
const { spawnSync } = require('node:child_process');
const { existsSync, readdirSync, statSync } = require('node:fs');
const path = require('node:path');

const root = path.join(__dirname, '../..');
const sources = path.join(root, 'src');
const bundle = path.join(root, 'dist/cli.cjs');
const build = path.join(root, 'esbuild.mjs');

function isStale() {
  if (!existsSync(bundle)) return true;
  const builtAt = statSync(bundle).mtimeMs;
  const names = readdirSync(sources, { recursive: true });
  const files = [build, ...names.map((name) => path.join(sources, name))];
  // A source can vanish between the two calls.
  return files.some((file) => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > builtAt);
}

if (existsSync(build) && isStale()) {
  // Standard output belongs to the command.
  const { status } = spawnSync(process.execPath, [build], { stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(1);
}
require(bundle);
