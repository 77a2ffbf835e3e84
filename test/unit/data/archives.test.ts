import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { classNames, fileOf, firstPixels, load, png, tarOf, type Files, type Rgb } from './support';

const red: Rgb = [200, 0, 0];
const blue: Rgb = [0, 0, 200];
const files: Files = {
  'pets/dog/2.png': png(32, 32, blue),
  'pets/cat/1.png': png(32, 32, red),
  'pets/readme.txt': 'hello',
};

function zipOf(content: Files): Uint8Array {
  return zipSync(
    Object.fromEntries(
      Object.entries(content).map(([name, bytes]) => [name, new Uint8Array(Buffer.from(bytes))]),
    ),
  );
}

describe('a zip archive', () => {
  test('gives images sorted by name, with folders as classes', async () => {
    const set = await load(await fileOf('pets.zip', zipOf(files)));
    expect(set.kind).toBe('zip archive of images');
    expect(classNames(set)).toEqual(['cat', 'dog']);
    expect(firstPixels(set)).toEqual([red, blue]);
  });

  test('is told by its content, whatever its name', async () => {
    expect((await load(await fileOf('pets.bin', zipOf(files)))).count).toBe(2);
  });

  test('never writes a file for a name that climbs out', async () => {
    const zip = await fileOf(
      'evil.zip',
      zipOf({
        '../../../climbed.png': png(32, 32, red),
        '/absolute/2.png': png(32, 32, blue),
      }),
    );
    const set = await load(zip);
    expect(classNames(set)).toEqual(['(none)', 'absolute']);
    expect(await readdir(path.dirname(zip))).toEqual(['evil.zip']);
  });

  test('skips an entry that claims to unpack to gigabytes', async () => {
    const bytes = Buffer.from(zipOf({ ...files, 'pets/cat/bomb.png': Buffer.alloc(1000) }));
    const name = bytes.lastIndexOf('pets/cat/bomb.png');
    // Uncompressed size in the central directory, 22 bytes before the name.
    bytes.writeUInt32LE(3_000_000_000, name - 22);
    const set = await load(await fileOf('bomb.zip', bytes), { maxDamaged: 1 });
    expect(set.count).toBe(2);
    expect(set.skipped).toEqual([
      { file: 'pets/cat/bomb.png', reason: expect.stringContaining('3000000000 bytes') as string },
    ]);
  });

  test('stops unpacking an entry that grows beyond its claimed size', async () => {
    const bytes = Buffer.from(zipOf({ ...files, 'pets/cat/bomb.png': Buffer.alloc(100e6) }));
    const name = bytes.lastIndexOf('pets/cat/bomb.png');
    bytes.writeUInt32LE(1000, name - 22);
    const set = await load(await fileOf('bomb.zip', bytes), { maxDamaged: 1 });
    expect(set.skipped[0].reason).toMatch(/too many bytes/);
  });

  test('reports damage in one sentence', async () => {
    const whole = zipOf(files);
    const cut = await fileOf('cut.zip', whole.subarray(0, whole.length - 40));
    await expect(load(cut)).rejects.toThrow(
      /cut.zip" cannot be read to its end .*damaged or cut off/,
    );
    const other = await fileOf('docs.zip', zipOf({ 'a.txt': 'x' }));
    await expect(load(other)).rejects.toThrow('holds 1 files (a.txt …) but no PNG');
  });
});

describe('a tar archive', () => {
  test.each(['pets.tar', 'pets.tar.gz', 'pets'])('is read as %s', async (name) => {
    const tar = await tarOf(files);
    const set = await load(await fileOf(name, name.endsWith('.tar') ? tar : gzipSync(tar)));
    expect(set.kind).toBe('tar archive');
    // In the order of the archive.
    expect(classNames(set)).toEqual(['dog', 'cat']);
    expect(firstPixels(set)).toEqual([blue, red]);
  });

  test('skips damaged images and reads on', async () => {
    const tar = await tarOf({
      'a.png': png(32, 32, red),
      'b.png': 'text',
      'c.png': png(32, 32, blue),
    });
    const set = await load(await fileOf('x.tar', tar), { maxDamaged: 1 });
    expect(firstPixels(set)).toEqual([red, blue]);
    expect(set.skipped.map(({ file }) => file)).toEqual(['b.png']);
  });

  test.each([0.3, 0.6, 0.9])('reports an archive cut off at %f of its length', async (part) => {
    const tar = gzipSync(await tarOf(files));
    const cut = await fileOf('cut.tgz', tar.subarray(0, Math.floor(tar.length * part)));
    await expect(load(cut)).rejects.toThrow(
      /"[^"]*cut.tgz" cannot be read to its end .*fetch it again/,
    );
  });

  test('says so when it holds no images', async () => {
    const tar = await fileOf('docs.tar', await tarOf({ 'a.txt': 'x', 'b/c.txt': 'y' }));
    await expect(load(tar)).rejects.toThrow('(tar archive) has no readable images');
  });

  test('ignores links and keeps the archive as it was', async () => {
    const { pack } = await import('tar-stream');
    const archive = pack();
    archive.entry({ name: 'passwd.png', type: 'symlink', linkname: '/etc/passwd' });
    archive.entry({ name: '1.png' }, png(32, 32, red));
    archive.entry({ name: '../2.png' }, png(32, 32, blue));
    archive.finalize();
    const parts: Uint8Array[] = [];
    for await (const part of archive) parts.push(part as Uint8Array);
    const file = await fileOf('links.tar', Buffer.concat(parts));
    const before = await readFile(file);
    const set = await load(file);
    expect([set.count, set.skipped]).toEqual([2, []]);
    expect((await readFile(file)).equals(before)).toBe(true);
    expect(await readdir(path.dirname(file))).toEqual(['links.tar']);
  });
});
