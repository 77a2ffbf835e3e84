import { execFile } from 'node:child_process';
import { readdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const root = path.resolve(import.meta.dirname, '../..');
const kept = path.join(root, 'dist/test/sn-gan.vsix');
/** What a VSIX is made from. */
const sources = [
  'src',
  'webview',
  'media',
  'package.json',
  'package.nls.json',
  'package-lock.json',
  'esbuild.mjs',
  'README.md',
  'CHANGELOG.md',
];

/** The VSIX of the sources as they are now, packed by the project's own script. */
export async function packedVsix(): Promise<string> {
  if (changedAt(kept) > Math.max(...sources.map((name) => changedAt(path.join(root, name))))) {
    return kept;
  }
  // One that is half written must not look like one that is up to date.
  const fresh = kept.replace('.vsix', `.${process.pid}.vsix`);
  await promisify(execFile)('npm', ['run', 'package', '--', '--out', fresh], { cwd: root });
  renameSync(fresh, kept);
  return kept;
}

/** When a file, or the newest file of a folder, was written; 0 where there is none. */
function changedAt(file: string): number {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found?.mtimeMs ?? 0;
  return Math.max(
    found.mtimeMs,
    ...readdirSync(file).map((name) => changedAt(path.join(file, name))),
  );
}
