import { closeSync, openSync, writeSync } from 'node:fs';
import zlib from 'node:zlib';

/** A member of an archive to be made, with lies about it where they are wanted. */
export interface PackedMember {
  readonly name: string;
  readonly contents: Uint8Array;
  readonly deflate?: boolean;
  /** What the directory says instead of the truth. */
  readonly claimed?: {
    readonly method?: number;
    readonly flags?: number;
    readonly crc32?: number;
    readonly storedBytes?: number;
    readonly bytes?: number;
    readonly localHeader?: number;
  };
}

/** A zip archive with its members in order; nothing is checked, so that anything can be made. */
export function packZip(members: readonly PackedMember[], claimedCount = members.length): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, contents, deflate = false, claimed } of members) {
    const stored = deflate ? zlib.deflateRawSync(contents) : Buffer.from(contents);
    const header = {
      method: deflate ? 8 : 0,
      flags: 0x800,
      crc32: zlib.crc32(contents),
      storedBytes: stored.length,
      bytes: contents.length,
      localHeader: at,
      ...claimed,
    };
    const local = localRecord(name, header);
    parts.push(local, stored);
    directory.push(directoryRecord(name, header));
    at += local.length + stored.length;
  }
  return Buffer.concat([...parts, directoryOf(directory, at, claimedCount)]);
}

/** A member that is mostly a hole. */
export interface SparseMember {
  readonly name: string;
  readonly start: Buffer;
  /** With the hole. */
  readonly bytes: number;
}

/** Writes an archive of stored members that has gigabytes and takes next to no room on a disk. */
export function writeSparseZip(file: string, members: readonly SparseMember[]): void {
  const handle = openSync(file, 'w');
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, start, bytes } of members) {
    const sizes = { storedBytes: bytes, bytes, localHeader: at };
    const header = { method: 0, flags: 0x800, crc32: 0, ...sizes };
    const local = localRecord(name, header);
    writeSync(handle, Buffer.concat([local, start]), 0, local.length + start.length, at);
    directory.push(directoryRecord(name, header));
    at += local.length + bytes;
  }
  const end = directoryOf(directory, at, members.length);
  writeSync(handle, end, 0, end.length, at);
  closeSync(handle);
}

/** The directory at the end of an archive, which begins at `begin`. */
function directoryOf(records: readonly Buffer[], begin: number, count: number): Buffer {
  const directory = Buffer.concat(records);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count & 0xffff, 8);
  end.writeUInt16LE(count & 0xffff, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(begin, 16);
  return Buffer.concat([directory, end]);
}

type Header = Required<NonNullable<PackedMember['claimed']>>;

function localRecord(name: string, header: Header): Buffer {
  const record = Buffer.alloc(30);
  record.writeUInt32LE(0x04034b50, 0);
  record.writeUInt16LE(20, 4);
  writeHeader(record, 6, header);
  record.writeUInt16LE(Buffer.byteLength(name), 26);
  return Buffer.concat([record, Buffer.from(name)]);
}

function directoryRecord(name: string, header: Header): Buffer {
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(20, 4);
  record.writeUInt16LE(20, 6);
  writeHeader(record, 8, header);
  record.writeUInt16LE(Buffer.byteLength(name), 28);
  record.writeUInt32LE(header.localHeader, 42);
  return Buffer.concat([record, Buffer.from(name)]);
}

/** Flags, method, two fields of time, checksum, sizes: the same in both records. */
function writeHeader(record: Buffer, at: number, header: Header): void {
  record.writeUInt16LE(header.flags, at);
  record.writeUInt16LE(header.method, at + 2);
  record.writeUInt32LE(header.crc32, at + 8);
  record.writeUInt32LE(header.storedBytes, at + 12);
  record.writeUInt32LE(header.bytes, at + 16);
}
