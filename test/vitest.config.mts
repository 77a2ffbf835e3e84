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
    include: ['test/**/*.test.ts'],
    // Tests of whole trainer processes are bound by the two cores, not by timers.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    pool: 'forks',
    reporters: ['default', new ClosingLine()],
    server: { deps: { external: [/dist\/test\//] } },
  },
});
