// Makes every bundle of the project: `node esbuild.mjs [--watch | --schema]`.
// `--schema` also writes the JSON Schema of config files into media/.
import { execFileSync } from 'node:child_process';
import { mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, context } from 'esbuild';

process.chdir(import.meta.dirname);
const watch = process.argv.includes('--watch');
const require = createRequire(import.meta.url);
const packageFolder = (name) => path.dirname(require.resolve(`${name}/package.json`));
const { version } = JSON.parse(await readFile('package.json', 'utf8'));

/**
 * Replaces one file as a whole. Nothing in dist is ever missing or half written: a trainer may be
 * running from it, and two builds may run at once.
 */
async function place(file, contents) {
  await mkdir(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
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
const placed = { write: false, plugins: [placeOutputs] };

/** One Node bundle; `webgpu` stays outside because it carries one native file per platform. */
const nodeBundle = (entry, outfile, extra = {}) => ({
  entryPoints: [entry],
  outfile,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // The ES modules of TensorFlow.js can be tree-shaken and expose the gradient registry.
  mainFields: ['module', 'main'],
  external: ['webgpu', 'vscode'],
  define: { SN_GAN_VERSION: JSON.stringify(version) },
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'warning',
  ...placed,
  ...extra,
});

const bundles = [
  nodeBundle('src/cli/main.ts', 'dist/cli.cjs'),
  nodeBundle('src/trainer/main.ts', 'dist/trainer.cjs'),
  nodeBundle('src/trainer/leaseKeeper.ts', 'dist/leaseKeeper.cjs'),
  nodeBundle('src/runtime/probeMain.ts', 'dist/probe.cjs'),
  nodeBundle('src/extension/main.ts', 'dist/extension.cjs'),
  nodeBundle('src/extension/reader/main.ts', 'dist/runReader.cjs'),
  nodeBundle('src/runtime/tensorflow/tfjsNodeEntry.ts', 'dist/tfjsNode.cjs', {
    // The package looks for its addon through node-pre-gyp; ours is where the user had it built.
    alias: { '@mapbox/node-pre-gyp': './src/runtime/tensorflow/addonLocation.ts' },
    // Its ES5 classes cannot extend the ES2015 classes of the ES modules.
    mainFields: ['main', 'module'],
  }),
];

/** One page of a webview with its styles; `codicon.ttf` is copied beside them. */
const pageBundle = (name) => ({
  entryPoints: { [name]: `webview/${name}/main.tsx` },
  outdir: 'dist/webview',
  bundle: true,
  platform: 'browser',
  target: 'chrome132',
  format: 'iife',
  loader: { '.ttf': 'file' },
  assetNames: '[name]',
  minify: !watch,
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'warning',
  ...placed,
});
bundles.push(pageBundle('dashboard'));

/** TensorFlow.js for the unit tests: ES modules that share one engine. */
const tfjsForTests = {
  entryPoints: {
    core: '@tensorflow/tfjs-core',
    gradients: '@tensorflow/tfjs-core/dist/register_all_gradients',
    cpu: '@tensorflow/tfjs-backend-cpu',
    wasm: '@tensorflow/tfjs-backend-wasm',
    webgpu: '@tensorflow/tfjs-backend-webgpu',
  },
  outdir: 'dist/test',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  logLevel: 'warning',
  ...placed,
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
bundles.push(tfjsForTests);

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
  const wasm = path.join(packageFolder('@tensorflow/tfjs-backend-wasm'), 'dist');
  for (const name of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm']) {
    await copyFile(path.join(wasm, name), path.join('dist', name));
  }
  const webp = path.join(packageFolder('@jsquash/webp'), 'codec/dec/webp_dec.wasm');
  await copyFile(webp, 'dist/webp_dec.wasm');
  await copyFolder('media/emoji-32', 'dist/emoji-32', (name) => !name.endsWith('.mjs'));
  // Sources and headers from which `sn-gan runtime install` builds the addon.
  await copyFolder(
    path.join(packageFolder('@tensorflow/tfjs-node-gpu'), 'binding'),
    'dist/addon/binding',
  );
  await copyFolder(path.join(packageFolder('node-api-headers'), 'include'), 'dist/addon/node-api');
}

await copyAssets();
if (watch) {
  for (const options of bundles) await (await context(options)).watch();
} else {
  await Promise.all(bundles.map((options) => build(options)));
}
if (process.argv.includes('--schema')) {
  const schema = ['dist/cli.cjs', 'schema', '--out', 'media/config.schema.json'];
  execFileSync(process.execPath, schema, { stdio: 'inherit' });
}
