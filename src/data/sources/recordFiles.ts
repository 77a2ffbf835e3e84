import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../shared/userError';
import { ByteStream, openUnpacked, unpackedSize } from '../byteStream';
import { expectedSources, type ImageSource, type SourceImage, type Split } from '../imageSource';
import {
  recordBytes,
  recordFormatOf,
  recordImages,
  splitOfRecordFile,
  stl10,
  type RecordFormat,
} from './records';

interface RecordFile {
  readonly file: string;
  readonly split: Split | undefined;
  readonly format: RecordFormat;
  readonly count: number;
}

/**
 * One or more files of CIFAR or STL-10 records, each perhaps gzipped. Of several, the names tell
 * the split; one that was asked for alone is taken whatever its name.
 *
 * @throws UserError for a file whose length fits no format
 */
export async function openRecordFiles(files: readonly string[]): Promise<ImageSource> {
  const opened: RecordFile[] = [];
  for (const file of files) {
    const split = files.length > 1 ? splitOfRecordFile(path.basename(file)) : undefined;
    opened.push({ file, split, ...(await recordsIn(file)) });
  }
  return {
    kind: [...new Set(opened.map(({ format }) => format.name))].join(' and '),
    total: opened.reduce((sum, { count }) => sum + count, 0),
    async *images() {
      for (const file of opened) yield* imagesOf(file);
    },
  };
}

async function recordsIn(file: string): Promise<Pick<RecordFile, 'format' | 'count'>> {
  const bytes = await unpackedSize(file);
  const format = recordFormatOf(bytes);
  if (format === undefined) {
    throw new UserError(
      `"${file}" is of no known format (${bytes} bytes that begin with no known mark and are no whole number of CIFAR or STL-10 records): ${expectedSources}.`,
    );
  }
  return { format, count: bytes / recordBytes(format) };
}

async function* imagesOf({ file, split, format }: RecordFile): AsyncGenerator<SourceImage> {
  const labels = format === stl10 ? await stl10Labels(file) : undefined;
  const stream = await openUnpacked(file);
  try {
    const bytes = new ByteStream(stream, file);
    yield* recordImages(bytes, format, { file: path.basename(file), split, labels });
  } finally {
    stream.destroy();
  }
}

/** `train_y.bin` beside `train_X.bin`; the unlabelled part has none. */
async function stl10Labels(file: string): Promise<Uint8Array | undefined> {
  const beside = file.replace(/_X(\.[^\\/]*)$/, '_y$1');
  if (beside === file) return undefined;
  try {
    return await readFile(beside);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw thrown;
  }
}
