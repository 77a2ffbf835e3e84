// Makes the built-in image set: `node media/emoji-32/make.mjs`. Needs npm and the network.
//
// Takes the base emoji of Noto (64 px PNG) and Fluent 3D (256 px WebP) from two npm packages, leaves
// out flags, symbols and skin-tone swatches, lays each on white, resizes it to 32 px with a Lanczos
// filter and writes one lossless sheet per family with 64 images a row, and index.json with the
// class (Unicode category) and name of each image.
import { execFileSync } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { PNG } from 'pngjs';

const size = 32;
const perRow = 64;
const leftOut = ['Flags', 'Symbols', 'Component'];
const here = import.meta.dirname;
const root = path.resolve(here, '../..');
const folder = await mkdtemp(path.join(tmpdir(), 'emoji-32-'));

/** Fetches a package and returns the folder that it is unpacked in. */
function fetchPackage(name) {
  const [{ filename }] = JSON.parse(
    execFileSync('npm', ['pack', name, '--json', '--pack-destination', folder], { cwd: folder }),
  );
  const unpacked = path.join(folder, filename.replace('.tgz', ''));
  execFileSync('mkdir', [unpacked]);
  execFileSync('tar', ['-xzf', path.join(folder, filename), '-C', unpacked]);
  return path.join(unpacked, 'package');
}

/** The project's own decoding and resizing, so that the set looks as any folder of these would. */
async function projectCode() {
  const outfile = path.join(folder, 'code.cjs');
  await build({
    stdin: {
      contents: `export { decodeImage } from './src/data/decode/decodeImage';
                 export { fitImage } from './src/data/resize';`,
      resolveDir: root,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    logOverride: { 'empty-import-meta': 'silent' },
  });
  const require = createRequire(outfile);
  const webp = path.join(root, 'node_modules/@jsquash/webp/codec/dec/webp_dec.wasm');
  await copyFile(webp, path.join(folder, 'webp_dec.wasm'));
  return require(outfile);
}

/** Draws images ([32, 32, 3] each) into one sheet and returns it as a PNG. */
function drawSheet(images) {
  const sheet = new PNG({ width: perRow * size, height: Math.ceil(images.length / perRow) * size });
  sheet.data.fill(255);
  for (const [i, image] of images.entries()) {
    const left = (i % perRow) * size;
    const top = Math.floor(i / perRow) * size;
    for (let y = 0, from = 0; y < size; y++) {
      let to = ((top + y) * sheet.width + left) * 4;
      for (let x = 0; x < size; x++, from += 3, to += 4) sheet.data.set(image.subarray(from, from + 3), to);
    }
  }
  return PNG.sync.write(sheet, { colorType: 2, deflateLevel: 9, filterType: -1 });
}

try {
  const noto = fetchPackage('emoji-datasource-google@16.0.0');
  const fluent = fetchPackage('@lobehub/fluent-emoji-3d@1.1.0');
  const { decodeImage, fitImage } = await projectCode();
  const emoji = JSON.parse(await readFile(path.join(noto, 'emoji.json'), 'utf8'))
    .filter(({ category }) => !leftOut.includes(category))
    .sort((a, b) => a.sort_order - b.sort_order);
  const classes = [...new Set(emoji.map(({ category }) => category))].sort();
  const families = [
    { name: 'noto', fileOf: ({ image }) => path.join(noto, 'img/google/64', image) },
    {
      name: 'fluent',
      fileOf: ({ unified }) => path.join(fluent, 'assets', `${unified.toLowerCase()}.webp`),
    },
  ];

  const sheets = [];
  for (const { name, fileOf } of families) {
    const images = [];
    const names = [];
    const labels = [];
    for (const one of emoji) {
      const bytes = await readFile(fileOf(one)).catch((thrown) => {
        // Fluent lacks 36 of the newest emoji.
        if (thrown.code === 'ENOENT' && name === 'fluent') return undefined;
        throw thrown;
      });
      if (bytes === undefined) continue;
      images.push(await fitImage(await decodeImage(bytes), size, 'lanczos'));
      names.push(`${name}/${one.short_name}`);
      labels.push(classes.indexOf(one.category));
    }
    const file = `${name}.png`;
    await writeFile(path.join(here, file), drawSheet(images));
    sheets.push({ file, names, labels });
    console.log(`${file}: ${images.length} images`);
  }
  const index = JSON.stringify({ size, perRow, classes, sheets });
  await writeFile(path.join(here, 'index.json'), `${index}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
