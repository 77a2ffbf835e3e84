import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';

/**
 * Bundles a page that shows one part of a webview alone, so that nothing else on the page moves it
 * or disturbs the pixels that tests look at.
 *
 * @param name of the page's source beside this file, without `.tsx`
 * @returns the folder that holds `<name>.js` and `<name>.css`
 */
export async function buildTestPage(name: string): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), `${name}-`));
  await build({
    entryPoints: [path.join(import.meta.dirname, `${name}.tsx`)],
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
