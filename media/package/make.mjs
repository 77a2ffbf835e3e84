// Makes the VSIX: `npm run package [-- --target linux-x64] [--out FILE_OR_FOLDER]`.
// What it carries is laid out in a folder of its own, so that nothing gets in by accident and a
// trainer that runs from dist/ is not disturbed. With a target, that platform's Dawn goes in.
import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createVSIX } from '@vscode/vsce';
import { packagesIn, thirdPartyNotices } from './notices.mjs';

const root = path.resolve(import.meta.dirname, '../..');
const require = createRequire(import.meta.url);

/** The folders of npm's `webgpu`, by the names that VS Code has for platforms. */
const dawnFolders = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-universal',
  'darwin-arm64': 'darwin-universal',
  'win32-x64': 'win32-x64',
  'win32-arm64': 'win32-arm64',
};

/** What of the repository goes in as it is, where it is there. */
const shipped = [
  'CHANGELOG.md',
  'LICENSE',
  'package.nls.json',
  'media/config.schema.json',
  'media/icons',
  'media/l10n',
  'media/walkthrough',
];

const { values: options } = parseArgs({
  options: { target: { type: 'string' }, out: { type: 'string' } },
});
if (options.target !== undefined && !(options.target in dawnFolders)) {
  const known = Object.keys(dawnFolders).join(', ');
  process.stderr.write(`There is no Dawn for the target ${options.target}, only for ${known}.\n`);
  process.exit(2);
}

const stage = await mkdtemp(path.join(os.tmpdir(), 'sn-gan-package-'));
try {
  await layOut(stage, options.target);
  const manifest = JSON.parse(await readFile(path.join(stage, 'package.json'), 'utf8'));
  const file = await outputFile(manifest);
  await createVSIX({
    cwd: stage,
    packagePath: file,
    ...(options.target === undefined ? {} : { target: options.target }),
    dependencies: false,
    // The project has no address on the web, so no link can be completed to one.
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  process.stdout.write(`${file}\n`);
} catch (error) {
  // What vsce objects to concerns the manifest and is said in its sentence.
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
} finally {
  await rm(stage, { recursive: true, force: true });
}

/** Puts everything that the VSIX carries into a folder. */
async function layOut(stage, target) {
  const bundles = path.join(stage, 'dist');
  const build = [path.join(root, 'esbuild.mjs'), '--production', bundles];
  execFileSync(process.execPath, build, { stdio: 'inherit' });
  for (const name of shipped) await copyIfThere(name, stage);
  await writeFile(path.join(stage, 'package.json'), await shippedManifest());
  await writeFile(path.join(stage, 'README.md'), await shippedReadme());

  const metafile = path.join(bundles, 'metafile.json');
  const packages = packagesIn(JSON.parse(await readFile(metafile, 'utf8')));
  await rm(metafile);
  // Sources for `sn-gan runtime install`, and a codec whose wasm file no bundle contains.
  packages.push('@tensorflow/tfjs-node-gpu', 'node-api-headers', '@jsquash/webp');
  if (target !== undefined) {
    await copyDawn(dawnFolders[target], path.join(bundles, 'node_modules/webgpu'));
    packages.push('webgpu');
  }
  const notices = await thirdPartyNotices(root, packages);
  await writeFile(path.join(stage, 'THIRD_PARTY_NOTICES.txt'), notices);
}

/** The manifest without what is for developers; bundles have no dependencies. */
async function shippedManifest() {
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  for (const key of ['private', 'bin', 'scripts', 'devDependencies', 'dependencies']) {
    delete manifest[key];
  }
  // Everything that was laid out, which also tells vsce that this is meant.
  manifest.files = ['**'];
  return JSON.stringify(manifest, null, 2);
}

/** The README without pictures and links into the repository: the editor could not show them. */
async function shippedReadme() {
  const readme = await readFile(path.join(root, 'README.md'), 'utf8');
  const isRelative = (address) => !/^(?:[a-z]+:|#)/i.test(address);
  const blocks = readme.split('\n\n');
  const pictured = blocks.map((block) =>
    [...block.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].some(([, address]) => isRelative(address)),
  );
  const isCaption = (i) => /^_[^_]+_$/.test(blocks[i]) && (pictured[i - 1] || pictured[i + 1]);
  return blocks
    .filter((_, i) => !pictured[i] && !isCaption(i))
    .join('\n\n')
    .replace(/\[([^\]]*)\]\(([^)]+)\)/g, (whole, text, address) =>
      isRelative(address) ? text : whole,
    );
}

async function copyIfThere(name, stage) {
  const from = path.join(root, name);
  if (!(await stat(from).catch(() => undefined))) return;
  await cp(from, path.join(stage, name), {
    recursive: true,
    filter: (file) => !/\.(?:mjs|py)$/.test(file),
  });
}

/** Beside the bundles, where Node looks for a package that they import. */
async function copyDawn(folder, to) {
  const from = path.dirname(require.resolve('webgpu'));
  await mkdir(to, { recursive: true });
  const names = ['package.json', 'index.js', 'LICENSE.md', `dist/${folder}`];
  for (const name of names) {
    await cp(path.join(from, name), path.join(to, name), { recursive: true });
  }
}

async function outputFile({ name, version }) {
  const target = options.target === undefined ? '' : `-${options.target}`;
  const fileName = `${name}${target}-${version}.vsix`;
  const out = path.resolve(options.out ?? '.');
  return out.endsWith('.vsix') ? out : path.join(out, fileName);
}
