import path from 'node:path';
import {
  asyncBufferFromFile,
  parquetMetadataAsync,
  parquetReadObjects,
  type AsyncBuffer,
  type FileMetaData,
} from 'hyparquet';
import { messageOf, UserError } from '../../shared/userError';
import { decodeImage } from '../decode/decodeImage';
import { splitFolders, splitOfName } from '../imageClass';
import { DamagedImage, type ImageSource, type SourceImage, type Split } from '../imageSource';
import { imageColumns, type ImageColumns } from './parquetColumns';
import { boundedCompressors, checkRowGroups } from './parquetLimits';

interface Shard {
  readonly name: string;
  readonly split: Split | undefined;
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly columns: ImageColumns;
}

/**
 * Parquet files with a column of coded images, as Hugging Face stores data sets.
 *
 * @param root folder that the shards were found in: its subfolders and the shard's name
 *   (`train-00000-of-00002.parquet`) tell the split
 * @throws UserError when a file is damaged or has no such column
 */
export async function openParquet(
  files: readonly string[],
  root: string | undefined,
): Promise<ImageSource> {
  const shards: Shard[] = [];
  for (const file of files) shards.push(await openShard(file, root));
  return {
    kind: 'Parquet',
    total: shards.reduce((sum, { metadata }) => sum + Number(metadata.num_rows), 0),
    async *images() {
      for (const shard of shards) yield* imagesOf(shard);
    },
  };
}

async function openShard(file: string, root: string | undefined): Promise<Shard> {
  const name = root === undefined ? path.basename(file) : path.relative(root, file);
  const buffer = await asyncBufferFromFile(file);
  return reading(name, async () => {
    const metadata = await parquetMetadataAsync(buffer);
    checkRowGroups(metadata, buffer.byteLength, name);
    return {
      name,
      split: root === undefined ? undefined : splitOfShard(name),
      file: buffer,
      metadata,
      columns: imageColumns(metadata, name),
    };
  });
}

function splitOfShard(name: string): Split | undefined {
  const folders = name.split(/[\\/]/).slice(0, -1);
  const ofFolder = splitFolders(folders).split;
  return ofFolder ?? splitOfName(/^[a-z0-9]+/i.exec(path.basename(name))?.[0] ?? '');
}

async function* imagesOf(shard: Shard): AsyncGenerator<SourceImage> {
  const { columns, metadata, name } = shard;
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    // A row group is the smallest part that can be unpacked on its own.
    const rowEnd = rowStart + Number(group.num_rows);
    const rows = await readRows(shard, rowStart, rowEnd);
    if (rows.length !== rowEnd - rowStart) {
      throw new UserError(`"${name}" has fewer rows than its footer says: fetch it again.`);
    }
    for (const [i, row] of rows.entries()) {
      yield {
        name: `${name} row ${rowStart + i + 1}`,
        folders: columns.label === undefined ? [] : [columns.classOf(row[columns.label])],
        split: shard.split,
        decode: () => decodeImage(codedBytes(row[columns.image])),
      };
    }
    rowStart = rowEnd;
  }
}

async function readRows(
  { name, columns, file, metadata }: Shard,
  rowStart: number,
  rowEnd: number,
): Promise<Record<string, unknown>[]> {
  return reading(name, () =>
    parquetReadObjects({
      file,
      metadata,
      rowStart,
      rowEnd,
      columns: [columns.image, ...(columns.label === undefined ? [] : [columns.label])],
      // As text, image bytes would be decoded and lost.
      utf8: false,
      compressors: boundedCompressors,
    }),
  );
}

/** The cell of an image: its bytes, or { bytes, path }. */
function codedBytes(cell: unknown): Uint8Array {
  if (cell instanceof Uint8Array) return cell;
  if (typeof cell === 'object' && cell !== null && 'bytes' in cell) {
    if (cell.bytes instanceof Uint8Array) return cell.bytes;
    throw new DamagedImage('the row has a path instead of the image itself');
  }
  throw new DamagedImage('the row has no image');
}

async function reading<T>(name: string, body: () => Promise<T>): Promise<T> {
  try {
    return await body();
  } catch (thrown) {
    if (thrown instanceof UserError) throw thrown;
    throw new UserError(
      `"${name}" is not a readable Parquet file (${messageOf(thrown)}): it is damaged or cut off; fetch it again.`,
      { cause: thrown },
    );
  }
}
