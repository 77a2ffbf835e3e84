import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { readZip } from './readZip';
import { packedVsix } from './packedVsix';

const root = path.resolve(import.meta.dirname, '../..');
const MEBIBYTE = 2 ** 20;

let vsix: string;
let files: Map<string, Buffer>;
beforeAll(async () => {
  vsix = await packedVsix();
  files = await readZip(vsix);
});

/** Names inside the extension's folder. */
const names = (): string[] =>
  [...files.keys()]
    .filter((name) => name.startsWith('extension/'))
    .map((name) => name.slice('extension/'.length));
const text = (name: string): string => files.get(`extension/${name}`)?.toString('utf8') ?? '';

describe('the VSIX', () => {
  it('is smaller than 15 MB', () => {
    const { size } = statSync(vsix);
    console.log(`${(size / MEBIBYTE).toFixed(2)} MiB in ${files.size} files`);
    expect(size).toBeLessThan(15 * MEBIBYTE);
  });

  it('holds no sources, maps, tests, native files or packages', () => {
    const unwanted =
      /\.(?:[cm]?tsx?|map|node|so|dll|dylib|py|mjs)$|(?:^|\/)(?:test|fixtures|node_modules|src)\//;
    expect(names().filter((name) => unwanted.test(name))).toEqual([]);
  });

  it('holds what the README of a package promises', () => {
    for (const name of ['readme.md', 'changelog.md', 'LICENSE.txt', 'THIRD_PARTY_NOTICES.txt']) {
      expect(text(name), name).not.toBe('');
    }
  });

  it('holds every file that its manifest names', () => {
    const manifest = JSON.parse(text('package.json')) as unknown;
    const named = stringsIn(manifest).filter((value) => /^(?:\.\/)?(?:dist|media)\//.test(value));
    expect(named.length).toBeGreaterThan(0);
    const present = new Set(names());
    const isThere = (name: string): boolean =>
      present.has(name) || names().some((file) => file.startsWith(`${name}/`));
    expect(named.filter((name) => !isThere(path.posix.normalize(name)))).toEqual([]);
  });

  it('holds the threads that look into weight files, and the page that shows them', () => {
    const wanted = [
      'inspector.cjs',
      'player.cjs',
      'webview/checkpoint.js',
      'webview/checkpoint.css',
    ];
    expect(names()).toEqual(expect.arrayContaining(wanted.map((name) => `dist/${name}`)));
  });

  it('holds every text that its manifest names', () => {
    const manifest = JSON.parse(text('package.json')) as unknown;
    const texts = JSON.parse(text('package.nls.json')) as Record<string, unknown>;
    const keys = stringsIn(manifest).flatMap((value) => /^%(.+)%$/.exec(value)?.[1] ?? []);
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.filter((key) => !(key in texts))).toEqual([]);
  });

  it('tells nothing of the machine on which it was packed', () => {
    const telling = [root, os.homedir(), os.tmpdir(), `/home/${os.userInfo().username}`].filter(
      // A root without a home of its own lives in places that any text may name.
      (place) => place.split('/').length > 2 && place.length > 6,
    );
    const found = [...files]
      .filter(([name]) => /\.(?:cjs|js|json|css|md|txt|svg|html)$/.test(name))
      .filter(([, contents]) => telling.some((place) => contents.includes(`${place}/`)))
      .map(([name]) => name);
    expect(found).toEqual([]);
  });

  it('shows a README without pictures that the editor cannot load', () => {
    const readme = text('readme.md');
    const addresses = [...readme.matchAll(/\]\(([^)\s]+)/g)].map(([, address]) => address);
    expect(addresses.filter((address) => !/^(?:https:|#)/.test(address))).toEqual([]);
  });

  it('brings the licence of every package of which it contains code', () => {
    const notices = text('THIRD_PARTY_NOTICES.txt');
    const bundled = packagesInMaps();
    expect(bundled.length).toBeGreaterThan(20);
    // TensorFlow.js brings functions of tslib in its own files, whose maps say so; its licence
    // (0BSD) asks for nothing.
    const named = bundled.filter((name) => name !== 'tslib');
    const missing = named.filter((name) => !notices.includes(`\n${name} `));
    expect(missing).toEqual([]);
  });
});

/** Every string inside a JSON value. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(stringsIn);
}

/**
 * The packages that the bundles for developers contain, by their source maps: another way to know
 * than the one by which the notices were made.
 */
function packagesInMaps(): string[] {
  const dist = path.join(root, 'dist');
  const maps = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.map'),
  );
  const sources = maps.flatMap((name) => {
    const map = path.join(dist, name);
    const { sources } = JSON.parse(readFileSync(map, 'utf8')) as { sources: string[] };
    return sources.map((source) => path.resolve(path.dirname(map), fileName(source)));
  });
  const packages = sources.flatMap(
    (source) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(source)?.[0] ?? [],
  );
  return [...new Set(packages)]
    .filter((folder) => existsSync(path.join(folder, 'package.json')))
    .map((folder) => readFileSync(path.join(folder, 'package.json'), 'utf8'))
    .map((manifest) => (JSON.parse(manifest) as { name: string }).name);
}

const fileName = (source: string): string =>
  source.startsWith('file:') ? fileURLToPath(source) : source;
