// Makes every bundle of the project: `node esbuild.mjs [--watch]`.
import { cp, mkdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, context } from 'esbuild';

const watch = process.argv.includes('--watch');
const require = createRequire(import.meta.url);
const packageFolder = (name) => path.dirname(require.resolve(`${name}/package.json`));

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
  sourcemap: 'linked',
  sourcesContent: false,
  logLevel: 'warning',
  ...extra,
});

const bundles = [
  nodeBundle('src/cli/main.ts', 'dist/cli.cjs'),
  nodeBundle('src/trainer/main.ts', 'dist/trainer.cjs'),
  nodeBundle('src/trainer/leaseKeeper.ts', 'dist/leaseKeeper.cjs'),
  nodeBundle('src/runtime/probeMain.ts', 'dist/probe.cjs'),
  nodeBundle('src/runtime/tensorflow/tfjsNodeEntry.ts', 'dist/tfjsNode.cjs', {
    // The package looks for its addon through node-pre-gyp; ours is where the user had it built.
    alias: { '@mapbox/node-pre-gyp': './src/runtime/tensorflow/addonLocation.ts' },
    // Its ES5 classes cannot extend the ES2015 classes of the ES modules.
    mainFields: ['main', 'module'],
  }),
];

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

/** Files that are read at run time and cannot be part of a bundle. */
async function copyAssets() {
  await mkdir('dist/addon', { recursive: true });
  const wasm = path.join(packageFolder('@tensorflow/tfjs-backend-wasm'), 'dist');
  for (const name of ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm']) {
    await cp(path.join(wasm, name), path.join('dist', name));
  }
  const webp = path.join(packageFolder('@jsquash/webp'), 'codec/dec/webp_dec.wasm');
  await cp(webp, 'dist/webp_dec.wasm');
  await cp('media/emoji-32', 'dist/emoji-32', { recursive: true });
  // Sources and headers from which `sn-gan runtime install` builds the addon.
  const tfjsNode = packageFolder('@tensorflow/tfjs-node-gpu');
  await cp(path.join(tfjsNode, 'binding'), 'dist/addon/binding', { recursive: true });
  await cp(path.join(packageFolder('node-api-headers'), 'include'), 'dist/addon/node-api', {
    recursive: true,
  });
}

await rm('dist', { recursive: true, force: true });
await copyAssets();
if (watch) {
  for (const options of bundles) await (await context(options)).watch();
} else {
  await Promise.all(bundles.map((options) => build(options)));
}
