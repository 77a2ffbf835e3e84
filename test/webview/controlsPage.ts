import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles the page that shows every control, which no extension needs.
 *
 * @returns the folder that holds `controls.js` and `controls.css`
 */
export async function buildControlsPage(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'controls-'));
  await build({
    entryPoints: [path.join(import.meta.dirname, 'controls.tsx')],
    outdir: folder,
    bundle: true,
    format: 'iife',
    target: 'chrome132',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    logLevel: 'warning',
  });
  return folder;
}
