import path from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { loadImageSet } from '../data/load';
import { previewGrid } from '../data/previewGrid';
import type { ImageSet } from '../data/imageSet';
import { writePng } from '../runs/png';
import { imageSizes, resizeFilters, type ImageSize, type ResizeFilter } from '../shared/config';
import { addDataDownloadCommand } from './dataDownload';
import { note, printResult } from './output';
import { progressLine } from './progressLine';

interface DataFlags {
  readonly size: ImageSize;
  readonly resize: ResizeFilter;
  readonly split: 'train' | 'test' | 'all';
  readonly maxDamaged: number;
  readonly preview?: string;
}

/** How many images a preview shows, and how many skipped files are listed for a person. */
const previewCount = 64;
const listedFiles = 10;

/** Adds `sn-gan data <path>` and `sn-gan data download <name>`. */
export function addDataCommand(program: Command): void {
  const data = program
    .command('data')
    .description('Show what an image set holds, as training would see it.')
    .argument('<source>', '`emoji-32`, or a folder, archive or file of images')
    .addOption(
      new Option('--size <pixels>', 'side of the training images')
        .choices(imageSizes.map(String))
        .argParser(parseSize)
        .default(32),
    )
    .addOption(
      new Option('--resize <filter>', 'filter for images of another size')
        .choices(resizeFilters)
        .default('area'),
    )
    .addOption(
      new Option('--split <name>', 'part of a set that is split into training and test images')
        .choices(['train', 'test', 'all'])
        .default('train'),
    )
    .option('--max-damaged <count>', 'unreadable images to skip before giving up', parseCount, 100)
    .option('--preview <file>', `write a PNG with ${previewCount} of the images`)
    .action(show);
  addDataDownloadCommand(data);
}

async function show(source: string, flags: DataFlags, command: Command): Promise<void> {
  const progress = progressLine('images');
  const set = await loadImageSet(source, {
    size: flags.size,
    resize: flags.resize,
    maxDamaged: flags.maxDamaged,
    split: flags.split,
    onProgress: progress.update,
  }).finally(progress.stop);
  if (flags.preview !== undefined) {
    await writePng(flags.preview, previewGrid(set, previewCount));
    note(`Wrote ${path.resolve(flags.preview)}.`);
  }
  const classes = classCounts(set);
  const { name, kind, count, size, skipped, otherSplit } = set;
  const result = { name, source, kind, count, size, classes, skipped, otherSplit };
  printResult(command, result, () => describe(set, classes));
}

/** How many images each class has, by class name. */
function classCounts(set: ImageSet): Record<string, number> {
  const counts = new Array<number>(set.classes.length).fill(0);
  for (const label of set.labels ?? []) counts[label]++;
  return Object.fromEntries(set.classes.map((name, i) => [name, counts[i]]));
}

function counted(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}

function describe(set: ImageSet, classes: Record<string, number>): string[] {
  const lines = [
    `${set.name}: ${set.kind}, ${set.count.toLocaleString('en')} images of ${set.size} x ${set.size}`,
  ];
  if (set.otherSplit > 0) {
    lines.push(`left out: ${set.otherSplit.toLocaleString('en')} images of other splits`);
  }
  lines.push(
    set.classes.length === 0 ? 'no classes' : `${counted(set.classes.length, 'class', 'classes')}:`,
  );
  for (const [name, count] of Object.entries(classes)) {
    lines.push(`  ${name}  ${count.toLocaleString('en')}`);
  }
  if (set.skipped.length > 0)
    lines.push(`skipped ${counted(set.skipped.length, 'unreadable file', 'unreadable files')}:`);
  for (const { file, reason } of set.skipped.slice(0, listedFiles)) {
    lines.push(`  ${file}: ${reason}`);
  }
  const unlisted = set.skipped.length - listedFiles;
  if (unlisted > 0) lines.push(`  and ${unlisted} more (--json lists all)`);
  return lines;
}

function parseSize(text: string): ImageSize {
  const size = imageSizes.find((allowed) => String(allowed) === text);
  if (size !== undefined) return size;
  throw new InvalidArgumentError(`Allowed are ${imageSizes.join(', ')}.`);
}

function parseCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number of at least 0.');
}
