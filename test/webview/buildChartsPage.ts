import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles a page of charts alone, so that nothing else on the page moves them.
 *
 * @returns the folder that holds `chartsPage.js` and `chartsPage.css`
 */
export async function buildChartsPage(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'charts-page-'));
  await build({
    entryPoints: [path.join(import.meta.dirname, 'chartsPage.tsx')],
    outdir: folder,
    bundle: true,
    format: 'iife',
    target: 'chrome132',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    minify: false,
    logLevel: 'warning',
  });
  return folder;
}
