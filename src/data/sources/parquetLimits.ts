import type { FileMetaData } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { UserError } from '../../shared/userError';

/** A page of images is a few megabytes, rarely a hundred. */
const maxPageBytes = 512 * 2 ** 20;

/** Row groups are unpacked whole; writers make them of some hundred megabytes at most. */
const maxGroupBytes = 2n * 2n ** 30n;

/** The decompressors, refusing pages that claim to unpack to more than any real one. */
export const boundedCompressors: typeof compressors = Object.fromEntries(
  Object.entries(compressors).map(([codec, unpack]) => [
    codec,
    (input: Uint8Array, outputLength: number): Uint8Array => {
      if (outputLength > maxPageBytes) {
        throw new Error(`a page of ${outputLength} bytes is larger than any real one`);
      }
      return unpack(input, outputLength);
    },
  ]),
);

/**
 * Row groups must lie within the file, be of a size that can be held, and have as many rows as the
 * footer counts in all.
 *
 * @throws UserError when they do not
 */
export function checkRowGroups(metadata: FileMetaData, fileBytes: number, name: string): void {
  let rows = 0n;
  for (const group of metadata.row_groups) {
    rows += group.num_rows;
    if (group.num_rows < 0n || group.total_byte_size > maxGroupBytes) {
      throw new UserError(
        `"${name}" has a row group of ${group.num_rows} rows and ${group.total_byte_size} bytes, which is too large to unpack: write it again with a smaller row_group_size.`,
      );
    }
    for (const { meta_data: column } of group.columns) {
      if (column === undefined) continue;
      // The pages of a column begin with its dictionary, if it has one.
      const start = column.dictionary_page_offset ?? column.data_page_offset;
      const end = start + column.total_compressed_size;
      if (start < 0n || end > BigInt(fileBytes)) {
        throw new UserError(`"${name}" points outside itself: it is damaged; fetch it again.`);
      }
    }
  }
  if (rows !== metadata.num_rows) {
    throw new UserError(
      `"${name}" counts ${metadata.num_rows} rows in its footer but ${rows} in its row groups: it is damaged; fetch it again.`,
    );
  }
}
