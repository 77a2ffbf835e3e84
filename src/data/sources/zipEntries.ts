import type { Readable } from 'node:stream';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { damagedStream } from '../byteStream';
import { sortedBytewise } from '../imageClass';

/** A file in a zip archive, readable in any order while the archive is open. */
export interface ZipEntry {
  readonly path: string;
  /** Unpacked size as the archive's directory claims it; the stream fails where it is exceeded. */
  readonly bytes: number;
  readonly open: () => Promise<Readable>;
}

/** An open zip archive and its files, sorted bytewise. */
export interface OpenZip {
  readonly entries: readonly ZipEntry[];
  readonly close: () => void;
}

/**
 * Reads the directory of a zip archive. Names are taken as they are: they serve as labels, nothing
 * is extracted.
 *
 * @throws UserError when the archive is damaged
 */
export async function openZip(file: string): Promise<OpenZip> {
  try {
    const zip = await yauzl.openPromise(file, {
      lazyEntries: true,
      autoClose: false,
      // Names are decoded below, without the refusal of a whole archive for one odd name.
      decodeStrings: false,
      validateEntrySizes: true,
    });
    const entries: ZipEntry[] = [];
    for await (const entry of zip.eachEntry()) {
      const path = nameOf(entry);
      if (path.endsWith('/')) continue;
      entries.push({ path, bytes: entry.uncompressedSize, open: () => openEntry(zip, entry) });
    }
    return {
      entries: sortedBytewise(entries, (entry) => entry.path),
      close: () => zip.close(),
    };
  } catch (thrown) {
    throw damagedStream(file, thrown);
  }
}

function nameOf(entry: Entry): string {
  const { generalPurposeBitFlag, fileNameRaw, extraFields } = entry;
  return yauzl.getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
}

async function openEntry(zip: ZipFile, entry: Entry): Promise<Readable> {
  if (entry.isEncrypted()) throw new Error('it is encrypted');
  return zip.openReadStreamPromise(entry);
}
