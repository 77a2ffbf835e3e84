import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles a page of samples and scrubber alone, so that nothing else on the page disturbs the
 * pixels that tests look at.
 *
 * @returns the folder that holds `samplesPage.js` and `samplesPage.css`
 */
export async function buildSamplesPage(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'samples-page-'));
  await build({
    entryPoints: [path.join(import.meta.dirname, 'samplesPage.tsx')],
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
