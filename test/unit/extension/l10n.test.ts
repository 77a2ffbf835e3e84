import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { expect, it } from 'vitest';
import { manifest, root } from './manifest';

it('media/l10n has every string of extension and pages; `npm run l10n` makes it anew', async () => {
  const files = ['src', 'webview'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => path.join(root, folder, name)),
  );
  const scripts = files
    .map((file) => ({ extension: path.extname(file), contents: readFileSync(file, 'utf8') }))
    .filter(({ contents }) => contents.includes('l10n'));
  const bundle: unknown = JSON.parse(
    readFileSync(path.join(root, manifest.l10n, 'bundle.l10n.json'), 'utf8'),
  );
  expect(bundle).toEqual(await getL10nJson(scripts));
});
