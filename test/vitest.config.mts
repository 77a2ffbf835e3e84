import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { ClosingLine } from './closingLine.mjs';

const root = path.resolve(import.meta.dirname, '..');
const tfjs = (name: string): string => path.join(root, 'dist/test', `${name}.mjs`);

export default defineConfig({
  resolve: {
    // TensorFlow.js as the one set of ES modules that `npm run build` makes: one engine and all
    // gradients, as in our bundles, and much faster to load than its thousand files.
    alias: [
      { find: '@tensorflow/tfjs-core/dist/register_all_gradients', replacement: tfjs('gradients') },
      { find: /^@tensorflow\/tfjs-core$/, replacement: tfjs('core') },
      { find: /^@tensorflow\/tfjs-backend-(cpu|wasm|webgpu)$/, replacement: tfjs('$1') },
    ],
  },
  test: {
    root,
    // Tests of whole trainer processes are bound by the two cores, not by timers.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    pool: 'forks',
    reporters: ['default', new ClosingLine()],
    server: { deps: { external: [/dist\/test\//] } },
    projects: [
      {
        extends: true,
        test: {
          name: 'parts',
          include: ['test/{unit,process,webview}/**/*.test.ts'],
          // What a page or a process does comes late on a busy machine.
          expect: { poll: { timeout: 15_000 } },
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: ['test/e2e/**/*.test.ts'],
          // An editor, a browser and a trainer at once are enough for two cores.
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
          testTimeout: 600_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
