import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * Folder of the bundles, of the wasm files and of the addon's sources. Code that runs from a
 * bundle finds them beside itself; a test that runs the sources finds them in `dist/`.
 */
export const bundleFolder = existsSync(path.join(__dirname, 'probe.cjs'))
  ? __dirname
  : path.resolve(__dirname, '../../dist');
