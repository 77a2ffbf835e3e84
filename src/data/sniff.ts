/** What the first bytes of a file say it is. */
export type FileKind =
  | 'png'
  | 'jpeg'
  | 'webp'
  | 'other-image'
  | 'other-archive'
  | 'zip'
  | 'gzip'
  | 'tar'
  | 'parquet'
  | 'npy'
  | 'idx'
  | 'pickle'
  | 'lfs-pointer'
  | 'unknown';

/** Bytes that {@link sniff} needs: one tar header. */
export const sniffLength = 512;

const signatures: readonly [FileKind, readonly number[]][] = [
  ['png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['gzip', [0x1f, 0x8b]],
  ['npy', [0x93, ...ascii('NUMPY')]],
  ['parquet', ascii('PAR1')],
  ['lfs-pointer', ascii('version https://git-lfs')],
  ['other-image', ascii('GIF8')],
  ['other-image', [0x49, 0x49, 0x2a, 0x00]],
  ['other-image', [0x4d, 0x4d, 0x00, 0x2a]],
  ['other-archive', ascii('BZh')],
  ['other-archive', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['other-archive', [0x28, 0xb5, 0x2f, 0xfd]],
  ['other-archive', [0x37, 0x7a, 0xbc, 0xaf]],
  ['other-archive', ascii('Rar!')],
  // Unsigned bytes of 1 to 4 dimensions.
  ['idx', [0, 0, 8, 1]],
  ['idx', [0, 0, 8, 2]],
  ['idx', [0, 0, 8, 3]],
  ['idx', [0, 0, 8, 4]],
];

/** Tells the kind of a file by its first {@link sniffLength} bytes. */
export function sniff(head: Uint8Array): FileKind {
  // A tar header begins with a file name, which may look like anything: ask it first.
  if (isTarHeader(head)) return 'tar';
  for (const [kind, bytes] of signatures) {
    if (bytes.every((byte, i) => head[i] === byte)) return kind;
  }
  if (textAt(head, 0, 4) === 'RIFF' && textAt(head, 8, 4) === 'WEBP') return 'webp';
  if (textAt(head, 4, 4) === 'ftyp') return 'other-image';
  // Two letters alone could be pixels; a bitmap has zeros in its reserved fields, too.
  if (textAt(head, 0, 2) === 'BM' && textAt(head, 6, 4) === '\0\0\0\0') return 'other-image';
  if (head[0] === 0x80 && head[1] >= 2 && head[1] <= 5) return 'pickle';
  return 'unknown';
}

/** A tar header proves itself by its checksum, in the old as in the POSIX format. */
function isTarHeader(head: Uint8Array): boolean {
  if (head.length < 512 || head[0] === 0) return false;
  const stored = Number.parseInt(textAt(head, 148, 8).replace(/\0.*$/, '').trim(), 8);
  let sum = 0;
  for (let i = 0; i < 512; i++) sum += i >= 148 && i < 156 ? 0x20 : head[i];
  return sum === stored;
}

function textAt(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length));
}

function ascii(text: string): number[] {
  return [...Buffer.from(text, 'latin1')];
}
