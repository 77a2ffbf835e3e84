import { t } from '@vscode/l10n';
import { formatCount } from '../../ui/format';
import type { ShownFile } from '../files';

/** What to call files beside each other: run and step of our own, else as much of the path as tells. */
export function fileNames(files: readonly ShownFile[]): string[] {
  const short = files.map(shortName);
  return files.map((file, i) => {
    const alone = short.filter((name) => name === short[i]).length === 1;
    return alone ? short[i] : partsOf(file.file).slice(-3).join('/');
  });
}

function shortName({ file, listing }: ShownFile): string {
  const own = listing.value?.own;
  if (own?.run === undefined) return partsOf(file).slice(-1).join('');
  return t('{0}, step {1}', partsOf(own.run).slice(-1).join(''), formatCount(own.step));
}

function partsOf(path: string): string[] {
  return path.split(/[\\/]/).filter(Boolean);
}
