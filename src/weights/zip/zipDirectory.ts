import { shortened } from '../../runs/jsonFlaw';
import { damagedFile } from '../damagedFile';
import type { FileBytes } from '../fileBytes';

/**
 * The central directory of a zip archive (PKWARE's APPNOTE.TXT 6.3, sections 4.3.12 to 4.3.16, and
 * 4.5.3 for zip64). It is read at once and nothing else is, because checkpoints have a thousand
 * members and gigabytes between them.
 */

/** A member as the directory describes it; nothing of it has been looked at. */
export interface ZipRecord {
  readonly name: string;
  /** 0 stored, 8 deflated; others cannot be read. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc32: number;
  readonly storedBytes: number;
  /** Unpacked, as it is claimed. */
  readonly bytes: number;
  /** Offset of the local header, which lies before the contents. */
  readonly localHeader: number;
}

/** More than any checkpoint has; keeps hostile directories from filling the memory. */
const MAX_MEMBERS = 65_535;
const END_BYTES = 22;
const LOCATOR_BYTES = 20;
const MAX_COMMENT = 0xffff;
const RECORD_BYTES = 46;
const UNSAID = 0xffffffff;

interface Directory {
  readonly begin: number;
  readonly length: number;
  readonly members: number;
}

/** @throws UserError for a directory that is missing, damaged or larger than any of weights */
export async function readZipDirectory(file: FileBytes): Promise<ZipRecord[]> {
  const { begin, length, members } = await findDirectory(file);
  if (members > MAX_MEMBERS) {
    throw damagedFile(file.file, `it claims ${members} members, more than any file of weights has`);
  }
  const bytes = await file.read(begin, length);
  const records: ZipRecord[] = [];
  const names = new Set<string>();
  let at = 0;
  for (let i = 0; i < members; i++) {
    const size = recordSize(bytes, at);
    if (size === undefined) {
      throw damagedFile(file.file, `record ${i + 1} of ${members} in its directory is broken`);
    }
    const record = recordOf(file.file, bytes.subarray(at, at + size));
    if (names.has(record.name)) {
      throw damagedFile(file.file, `it has two members of the name ${shortened(record.name)}`);
    }
    names.add(record.name);
    records.push(record);
    at += size;
  }
  return records;
}

async function findDirectory(file: FileBytes): Promise<Directory> {
  const tailBytes = Math.min(file.size, LOCATOR_BYTES + END_BYTES + MAX_COMMENT);
  const tail = await file.read(file.size - tailBytes, tailBytes);
  for (let at = tail.length - END_BYTES; at >= 0; at--) {
    const isEnd =
      tail.readUInt32LE(at) === 0x06054b50 &&
      tail.readUInt16LE(at + 20) === tail.length - END_BYTES - at;
    if (!isEnd) continue;
    const locator = at - LOCATOR_BYTES;
    if (locator >= 0 && tail.readUInt32LE(locator) === 0x07064b50) {
      return wideDirectory(file, Number(tail.readBigUInt64LE(locator + 8)));
    }
    return {
      begin: tail.readUInt32LE(at + 16),
      length: tail.readUInt32LE(at + 12),
      members: tail.readUInt16LE(at + 10),
    };
  }
  throw damagedFile(file.file, 'it begins like a zip archive, but has no directory at its end');
}

/** Zip64: the same numbers with 64 bits. */
async function wideDirectory(file: FileBytes, at: number): Promise<Directory> {
  const end = await file.read(at, 56);
  if (end.readUInt32LE(0) !== 0x06064b50) {
    throw damagedFile(file.file, 'the end of its zip64 directory is not where it should be');
  }
  return {
    members: Number(end.readBigUInt64LE(32)),
    length: Number(end.readBigUInt64LE(40)),
    begin: Number(end.readBigUInt64LE(48)),
  };
}

/** Undefined where no whole record lies there. */
function recordSize(bytes: Buffer, at: number): number | undefined {
  if (at + RECORD_BYTES > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return undefined;
  const size =
    RECORD_BYTES +
    bytes.readUInt16LE(at + 28) +
    bytes.readUInt16LE(at + 30) +
    bytes.readUInt16LE(at + 32);
  return at + size <= bytes.length ? size : undefined;
}

function recordOf(file: string, record: Buffer): ZipRecord {
  const extraAt = RECORD_BYTES + record.readUInt16LE(28);
  const name = record.toString('utf8', RECORD_BYTES, extraAt);
  const extra = record.subarray(extraAt, extraAt + record.readUInt16LE(30));
  const wide = wideNumbers(extra);
  /** Numbers that do not fit into 32 bits follow each other in the extra field. */
  const numberAt = (at: number): number => {
    const narrow = record.readUInt32LE(at);
    if (narrow !== UNSAID) return narrow;
    const number = wide.shift();
    if (number === undefined) {
      throw damagedFile(file, `its directory does not say how large ${shortened(name)} is`);
    }
    return number;
  };
  const bytes = numberAt(24);
  const storedBytes = numberAt(20);
  const localHeader = numberAt(42);
  return {
    name,
    method: record.readUInt16LE(10),
    encrypted: (record.readUInt16LE(8) & 1) !== 0,
    crc32: record.readUInt32LE(16),
    storedBytes,
    bytes,
    localHeader,
  };
}

/** The 64-bit numbers of the zip64 extra field; [] where there is none. */
function wideNumbers(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length;) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1) {
      const numbers: number[] = [];
      for (let i = at + 4; i + 8 <= Math.min(end, extra.length); i += 8) {
        numbers.push(Number(extra.readBigUInt64LE(i)));
      }
      return numbers;
    }
    at = end;
  }
  return [];
}
