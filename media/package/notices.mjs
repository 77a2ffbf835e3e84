// The licences of the npm packages that our bundles contain, as one text.
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Texts of licences that lie in the repository anyway. */
const standardTexts = {
  'Apache-2.0': 'media/emoji-32/LICENSE-noto-emoji.txt',
  MIT: 'LICENSE',
};

/** The packages of which esbuild put something into a bundle: their folders in node_modules. */
export function packagesIn({ outputs }) {
  const files = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const folders = files
    .map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0])
    .filter((folder) => folder !== undefined)
    .map((folder) => folder.replace(/^node_modules\//, ''));
  return [...new Set(folders)];
}

/**
 * One section a licence text, with the names of all packages that have it.
 *
 * @throws Error when a package has no licence text and names none that is known here
 */
export async function thirdPartyNotices(root, packages) {
  const namesByText = new Map();
  for (const folder of [...new Set(packages)].sort()) {
    const { name, text } = await licenceOf(root, folder);
    namesByText.set(text, [...(namesByText.get(text) ?? []), name]);
  }
  const opening = [
    'SN-GAN contains the packages below, under the licences that follow their names.',
    'The built-in images have licences of their own: see dist/emoji-32/NOTICE.md.',
  ].join('\n');
  const sections = [...namesByText].map(([text, names]) => `${names.join('\n')}\n\n${text}`);
  return [opening, ...sections].join(`\n\n${'-'.repeat(80)}\n\n`) + '\n';
}

async function licenceOf(root, folder) {
  const place = path.join(root, 'node_modules', folder);
  const manifest = JSON.parse(await readFile(path.join(place, 'package.json'), 'utf8'));
  const texts = [];
  for (const file of (await readdir(place)).sort()) {
    if (/^(?:licen[cs]e|copying|notice)/i.test(file)) {
      texts.push((await readFile(path.join(place, file), 'utf8')).trim());
    }
  }
  return {
    name: `${manifest.name} ${manifest.version} (${manifest.license})`,
    text: texts.length > 0 ? texts.join('\n\n') : await standardText(root, manifest),
  };
}

/** For packages that name licences and bring no text of them. */
async function standardText(root, { name, license, author }) {
  const [scope] = name.split('/');
  const holder = (typeof author === 'string' ? author : author?.name) ?? `the authors of ${scope}`;
  const texts = [];
  for (const one of license.split(' AND ')) {
    const file = standardTexts[one];
    if (file === undefined)
      throw new Error(`The package ${name} (${license}) has no licence text.`);
    texts.push((await readFile(path.join(root, file), 'utf8')).trim());
  }
  const ours = /^Copyright \(c\) \d+ The SN-GAN developers$\n*/m;
  return [`Copyright (c) ${holder}`, ...texts.map((text) => text.replace(ours, ''))].join('\n\n');
}
