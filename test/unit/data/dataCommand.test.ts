import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import { PNG } from 'pngjs';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { addDataCommand } from '../../../src/cli/data';
import { folderOf, png, temporaryFolder } from './support';

/** Runs `sn-gan data …` and returns what it printed on standard output. */
async function run(...words: string[]): Promise<string> {
  let printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
  const program = new Command('sn-gan').option('--json').exitOverride();
  addDataCommand(program);
  await program.parseAsync(['data', ...words], { from: 'user' });
  return printed;
}

afterEach(() => vi.restoreAllMocks());

const files = {
  'cat/1.png': png(64, 64, [250, 0, 0]),
  'cat/2.png': png(64, 64, [250, 0, 0]),
  'dog/1.png': png(64, 64, [0, 250, 0]),
  'dog/broken.png': 'text',
};

describe('sn-gan data', () => {
  test('prints what was found, for a person', async () => {
    const root = await folderOf(files);
    expect((await run(root, '--size', '48')).split('\n')).toEqual([
      `${path.basename(root)}: folder of images, 3 images of 48 x 48`,
      '2 classes:',
      '  cat  2',
      '  dog  1',
      'skipped 1 unreadable file:',
      '  dog/broken.png: it is not a PNG, JPEG or WebP image',
      '',
    ]);
  });

  test('prints one JSON document with --json', async () => {
    const root = await folderOf(files);
    expect(JSON.parse(await run(root, '--json'))).toEqual({
      name: path.basename(root),
      source: root,
      kind: 'folder of images',
      count: 3,
      size: 32,
      classes: { cat: 2, dog: 1 },
      skipped: [{ file: 'dog/broken.png', reason: 'it is not a PNG, JPEG or WebP image' }],
      otherSplit: 0,
    });
  });

  test('writes a grid of the images', async () => {
    const preview = path.join(temporaryFolder(), 'grid.png');
    await run(await folderOf(files), '--preview', preview);
    const grid = PNG.sync.read(readFileSync(preview));
    expect([grid.width, grid.height]).toEqual([64, 64]);
    const at = (x: number, y: number): number[] => [
      ...grid.data.subarray((y * 64 + x) * 4).subarray(0, 3),
    ];
    expect([at(0, 0), at(32, 0), at(0, 32), at(32, 32)]).toEqual([
      [250, 0, 0],
      [250, 0, 0],
      [0, 250, 0],
      [255, 255, 255],
    ]);
  });

  test('refuses sizes, filters and sets that it does not know', async () => {
    await expect(run('x', '--size', '33')).rejects.toThrow('Allowed are 32, 48, 64');
    await expect(run('x', '--resize', 'cubic')).rejects.toThrow(
      'Allowed choices are area, lanczos',
    );
    await expect(run('x', '--max-damaged', '-1')).rejects.toThrow('whole number');
    await expect(run('download', 'imagenet')).rejects.toThrow(
      'There is no set "imagenet" to download: choose one of cifar10, cifar100, stl10, fashion-mnist',
    );
    const preview = path.join(temporaryFolder(), 'no/such/grid.png');
    await expect(run(await folderOf(files), '--preview', preview)).rejects.toThrow('Cannot write');
  });
});
