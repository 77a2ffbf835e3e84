// Writes the translatable strings of extension and pages into bundle.l10n.json:
// node media/l10n/make.mjs [--print]
// `--print` writes them to the standard output instead.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';

const root = path.resolve(import.meta.dirname, '../..');

const imports = `import * as vscode from 'vscode';\nimport * as l10n from '@vscode/l10n';\n`;

/**
 * The tool finds `l10n.t('…')` only. Where `t` itself is imported, it is shown such calls; an
 * identifier `t` before a parenthesis is nothing else in a file that imports it.
 */
function withCallsItFinds(source) {
  const named = /import \{[^}]*\bt\b[^}]*\} from '@vscode\/l10n';/;
  const found = named.test(source) ? source.replace(/(?<![.\w])t\(/g, 'l10n.t(') : source;
  return found.replace(named, '').replace(`import * as vscode from 'vscode';`, '');
}

const files = ['src', 'webview'].flatMap((folder) =>
  readdirSync(path.join(root, folder), { recursive: true }).map((name) =>
    path.join(root, folder, name),
  ),
);
// As one script of each kind: the tool takes a while over each import, and hardly any for a call.
const scripts = ['.ts', '.tsx'].map((extension) => ({
  extension,
  contents: files
    .filter((file) => path.extname(file) === extension)
    .map((file) => withCallsItFinds(readFileSync(file, 'utf8')))
    .filter((source) => source.includes('l10n'))
    .reduce((all, source) => all + source, imports),
}));
const strings = await getL10nJson(scripts);
const sorted = Object.fromEntries(
  Object.keys(strings)
    .sort()
    .map((key) => [key, strings[key]]),
);
const text = `${JSON.stringify(sorted, null, 2)}\n`;
if (process.argv.includes('--print')) process.stdout.write(text);
else writeFileSync(path.join(import.meta.dirname, 'bundle.l10n.json'), text);
