import { t } from '@vscode/l10n';
import { announce } from '../ui/announce';

/** Puts a text on the clipboard and says so. */
export async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
  announce(t('Copied'));
}

/** Rows as tab-separated values, which spreadsheets paste as a table. */
export function tabSeparated(rows: readonly (readonly string[])[]): string {
  // A tab or a line break in a value would begin a new cell or row.
  return rows.map((row) => row.map((cell) => cell.replace(/\s+/g, ' ')).join('\t')).join('\n');
}
