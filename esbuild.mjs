// Makes every bundle of the project: `node esbuild.mjs [--watch | --schema | --production FOLDER]`.
// `--schema` also writes the JSON Schema of config files into media/. `--production` makes what a
// VSIX carries in a folder of its own, with `metafile.json`, which tells what is in each bundle.
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build, context } from 'esbuild';

const { values: options } = parseArgs({
  options: {
    watch: { type: 'boolean', default: false },
    schema: { type: 'boolean', default: false },
    production: { type: 'string' },
  },
});
const { watch, schema } = options;
const production = options.production !== undefined;
const out = production ? path.resolve(options.production) : 'dist';
process.chdir(import.meta.dirname);
const require = createRequire(import.meta.url);
const packageFolder = (name) => path.dirname(require.resolve(`${name}/package.json`));
const { version } = JSON.parse(await readFile('package.json', 'utf8'));

let placed = 0;

/**
 * Replaces one file as a whole. Nothing in dist is ever missing or half written: a trainer may be
 * running from it, two builds may run at once, and both pages bring the font of the icons.
 */
async function place(file, contents) {
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.${placed++}.tmp`;
  await writeFile(temporary, contents);
  await rename(temporary, file);
}

/** Writes what a build made, parts that several bundles share before those that load them. */
const placeOutputs = {
  name: 'place-outputs',
  setup({ onEnd }) {
    onEnd(async ({ outputFiles = [] }) => {
      const shared = (file) => Number(path.basename(file.path).startsWith('chunk-'));
      const ordered = [...outputFiles].sort((a, b) => shared(b) - shared(a));
      for (const { path: file, contents } of ordered) await place(file, contents);
    });
  },
};

/** zod carries its messages in forty languages, 300 kB of every bundle; we write our own. */
const englishOnly = {
  name: 'english-only',
  setup({ onLoad }) {
    onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: `export { default as en } from './en.js';`,
    }));
  },
};

/**
 * The extension needs the full zod only when a config is read, and reading zod takes an editor as
 * long as all the rest: it lies beside, and is read when the code that imports it first runs.
 */
const zodBeside = {
  name: 'zod-beside',
  setup({ onResolve }) {
    onResolve({ filter: /^zod$/ }, () => ({ path: './zod.cjs', external: true }));
  },
};

/**
 * Gives the names of VS Code's API to our files as variables. As the foreign module that it is,
 * each of fifty files would copy all of its hundreds of names when it is loaded.
 */
const vscodeByName = {
  name: 'vscode-by-name',
  setup({ onLoad, onResolve }) {
    const namespace = 'vscode-by-name';
    onResolve({ filter: /^vscode$/ }, (asked) =>
      asked.namespace === namespace
        ? { path: 'vscode', external: true }
        : { path: 'vscode', namespace },
    );
    onLoad({ filter: /^vscode$/, namespace }, async () => {
      const types = await readFile(require.resolve('@types/vscode/index.d.ts'), 'utf8');
      const names = types.matchAll(
        /^\texport (?:abstract )?(?:class|const|enum|function|namespace) (\w+)/gm,
      );
      const list = [...new Set([...names].map(([, name]) => name))].join(', ');
      return { contents: `export const { ${list} } = require('vscode');` };
    });
  },
};

/** What all bundles have in common. Maps are for those who have the sources. */
const common = {
  bundle: true,
  write: false,
  plugins: [englishOnly, placeOutputs],
  sourcemap: production ? false : 'linked',
  sourcesContent: false,
  // A package brings all licences in one file.
  legalComments: production ? 'none' : 'eof',
  metafile: production,
  logLevel: 'warning',
};

/** One Node bundle; `webgpu` stays outside because it carries one native file per platform. */
const nodeBundle = (entry, outfile, extra = {}) => ({
  ...common,
  entryPoints: [entry],
  outfile: path.join(out, outfile),
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // The ES modules of TensorFlow.js can be tree-shaken and expose the gradient registry.
  mainFields: ['module', 'main'],
  external: ['webgpu', 'vscode'],
  define: { SN_GAN_VERSION: JSON.stringify(version) },
  // Names stay, so that stack traces in a report can be read.
  minifyWhitespace: production,
  minifySyntax: production,
  ...extra,
});

const bundles = [
  nodeBundle('src/cli/main.ts', 'cli.cjs'),
  nodeBundle('src/trainer/main.ts', 'trainer.cjs'),
  nodeBundle('src/trainer/leaseKeeper.ts', 'leaseKeeper.cjs'),
  nodeBundle('src/trainer/writer/thread.ts', 'runWriter.cjs'),
  nodeBundle('src/trainer/inputs/thread.ts', 'inputs.cjs'),
  nodeBundle('src/runtime/probeMain.ts', 'probe.cjs'),
  nodeBundle('src/bench/main.ts', 'bench.cjs'),
  nodeBundle('src/runtime/wasm/thread.ts', 'wasmThread.cjs'),
  nodeBundle('src/extension/main.ts', 'extension.cjs', {
    plugins: [vscodeByName, zodBeside, ...common.plugins],
  }),
  nodeBundle('zod', 'zod.cjs'),
  nodeBundle('src/extension/reader/main.ts', 'runReader.cjs'),
  nodeBundle('src/extension/checks/main.ts', 'checks.cjs'),
  nodeBundle('src/inspection/main.ts', 'inspector.cjs'),
  nodeBundle('src/inspection/player/main.ts', 'player.cjs'),
  nodeBundle('src/runtime/tensorflow/tfjsNodeEntry.ts', 'tfjsNode.cjs', {
    // The package looks for its addon through node-pre-gyp; ours is where the user had it built.
    alias: { '@mapbox/node-pre-gyp': './src/runtime/tensorflow/addonLocation.ts' },
    // Its ES5 classes cannot extend the ES2015 classes of the ES modules.
    mainFields: ['main', 'module'],
  }),
];

/** One page of a webview with its styles; `codicon.ttf` is copied beside them. */
const pageBundle = (name) => ({
  ...common,
  entryPoints: { [name]: `webview/${name}/main.tsx` },
  outdir: path.join(out, 'webview'),
  platform: 'browser',
  target: 'chrome132',
  format: 'iife',
  loader: { '.ttf': 'file' },
  assetNames: '[name]',
  minify: !watch,
});
bundles.push(pageBundle('dashboard'), pageBundle('checkpoint'));

/** TensorFlow.js for the unit tests: ES modules that share one engine. */
const tfjsForTests = {
  ...common,
  entryPoints: {
    core: '@tensorflow/tfjs-core',
    gradients: '@tensorflow/tfjs-core/dist/register_all_gradients',
    cpu: '@tensorflow/tfjs-backend-cpu',
    wasm: '@tensorflow/tfjs-backend-wasm',
    webgpu: '@tensorflow/tfjs-backend-webgpu',
  },
  outdir: 'dist/test',
  outExtension: { '.js': '.mjs' },
  sourcemap: false,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  banner: {
    js: [
      "import { createRequire as makeRequire } from 'node:module';",
      "import { dirname as folderOf } from 'node:path';",
      'const require = makeRequire(import.meta.url);',
      'const __filename = import.meta.filename;',
      'const __dirname = folderOf(import.meta.filename);',
    ].join(''),
  },
};
if (!production) bundles.push(tfjsForTests);

async function copyFile(from, to) {
  await place(to, await readFile(from));
}

async function copyFolder(from, to, wanted = () => true) {
  for (const name of (await readdir(from, { recursive: true })).filter(wanted)) {
    const file = path.join(from, name);
    if ((await stat(file)).isFile()) await copyFile(file, path.join(to, name));
  }
}

/** Files that are read at run time and cannot be part of a bundle. */
async function copyAssets() {
  const wasm = path.join(packageFolder('@tensorflow/tfjs-backend-wasm'), 'wasm-out');
  for (const name of ['.wasm', '-simd.wasm', '-threaded-simd.wasm', '-threaded-simd.js']) {
    const file = `tfjs-backend-wasm${name}`;
    await copyFile(path.join(wasm, file), path.join(out, file));
  }
  const webp = path.join(packageFolder('@jsquash/webp'), 'codec/dec/webp_dec.wasm');
  await copyFile(webp, path.join(out, 'webp_dec.wasm'));
  await copyFolder('media/emoji-32', path.join(out, 'emoji-32'), (name) => !name.endsWith('.mjs'));
  // Sources and headers from which `sn-gan runtime install` builds the addon.
  await copyFolder(
    path.join(packageFolder('@tensorflow/tfjs-node-gpu'), 'binding'),
    path.join(out, 'addon/binding'),
  );
  await copyFolder(
    path.join(packageFolder('node-api-headers'), 'include'),
    path.join(out, 'addon/node-api'),
  );
}

await copyAssets();
if (watch) {
  for (const bundle of bundles) await (await context(bundle)).watch();
} else {
  const results = await Promise.all(bundles.map((bundle) => build(bundle)));
  if (production) {
    const outputs = Object.assign({}, ...results.map(({ metafile }) => metafile.outputs));
    await place(path.join(out, 'metafile.json'), JSON.stringify({ outputs }));
  }
}
if (schema) {
  const args = ['dist/cli.cjs', 'schema', '--out', 'media/config.schema.json'];
  execFileSync(process.execPath, args, { stdio: 'inherit' });
}
