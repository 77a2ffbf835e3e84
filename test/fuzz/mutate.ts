import type { FuzzRandom } from './random';

type Mutation = (bytes: Buffer, random: FuzzRandom, other: Buffer) => Buffer;

/** Words that parsers look for: marks, keys, names of types, operations of pickles. */
const tokens = [
  ...['PK\x01\x02', 'PK\x03\x04', 'PK\x05\x06', 'PK\x06\x06', 'PK\x06\x07', '\x01\x00\x10\x00'],
  ...[
    '\x93NUMPY\x01\x00',
    "'descr': '<f8'",
    "'descr': '|O'",
    "'fortran_order': True",
    '(-1,)',
    '()',
  ],
  ...['"F64"', '"BF16"', '"F4"', '"I64"', '"data_offsets":[0,0]', '"shape":[]', '"__metadata__":{'],
  ...['"dtype":', '"__proto__":', '{', '}', '[', ']', ',', '"', '\\u0000', 'null', '1e999', 'NaN'],
  ...['"float16"', '"uint8"', '"string"', '"quantization":{"dtype":"uint8","scale":1,"min":0}'],
  ...['"paths":["../secret"]', '"weights":[]', '"weightsManifest":[]'],
  ...['ccollections\nOrderedDict\n', 'ctorch._utils\n_rebuild_tensor_v2\n', 'cos\nsystem\n'],
  ...['ctorch\nFloatStorage\n', 'ctorch.storage\nUntypedStorage\n', 'ctorch\nfloat8_e5m2\n'],
  ...[
    '(',
    ')',
    't',
    ']',
    '}',
    'u',
    's',
    'a',
    'e',
    'R',
    'b',
    'Q',
    '.',
    'N',
    '0',
    '1',
    'q\x00',
    'h\x01',
  ],
  ...['\x80\x02', '\x80\x04\x95\x00\x00\x00\x00\x00\x00\x00\x00', '\x81', '\x85', '\x86', '\x87'],
  ...[
    '\x88',
    '\x89',
    '\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f',
    '\x8c\x01a',
    '\x93',
    '\x94',
    '\x92',
  ],
].map((token) => Buffer.from(token, 'latin1'));

/** Sizes at which arithmetic goes wrong. */
const sizes = [0n, 1n, 2n, 7n, 8n, 255n, 65535n, 2n ** 31n - 1n, 2n ** 31n, 2n ** 32n - 1n].concat([
  2n ** 40n,
  2n ** 53n - 1n,
  2n ** 53n,
  2n ** 63n - 1n,
  2n ** 63n,
  2n ** 64n - 1n,
]);
const numberTexts = ['0', '-1', '1', '3', '4294967296', '9007199254740993', '1e308', '0.5', '00'];

const mutations: readonly Mutation[] = [
  flipBits,
  flipBits,
  overwriteBytes,
  truncate,
  removeBlock,
  insertRandom,
  duplicateBlock,
  splice,
  writeSize,
  writeSize,
  writeToken,
  insertToken,
  insertToken,
  replaceNumber,
  replaceNumber,
];

/** A copy of the bytes with one to four things changed. */
export function mutated(bytes: Buffer, random: FuzzRandom, other: Buffer): Buffer {
  let result: Buffer = Buffer.from(bytes);
  for (let left = random.chance(0.5) ? 1 : 2 + random.below(3); left > 0; left--) {
    result = random.of(mutations)(result, random, other);
  }
  return result;
}

function flipBits(bytes: Buffer, random: FuzzRandom): Buffer {
  for (let left = 1 + random.below(8); left > 0 && bytes.length > 0; left--) {
    bytes[place(bytes, random)] ^= 1 << random.below(8);
  }
  return bytes;
}

function overwriteBytes(bytes: Buffer, random: FuzzRandom): Buffer {
  const begin = place(bytes, random);
  const end = Math.min(bytes.length, begin + 1 + random.below(16));
  return bytes.fill(random.of([0, 0xff, 0x20, 0x30, random.below(256)]), begin, end);
}

function truncate(bytes: Buffer, random: FuzzRandom): Buffer {
  return bytes.subarray(0, place(bytes, random));
}

function removeBlock(bytes: Buffer, random: FuzzRandom): Buffer {
  const [begin, end] = block(bytes, random);
  return Buffer.concat([bytes.subarray(0, begin), bytes.subarray(end)]);
}

function insertRandom(bytes: Buffer, random: FuzzRandom): Buffer {
  const junk = Buffer.from(Array.from({ length: 1 + random.below(32) }, () => random.below(256)));
  return inserted(bytes, place(bytes, random), junk);
}

function duplicateBlock(bytes: Buffer, random: FuzzRandom): Buffer {
  const [begin, end] = block(bytes, random);
  return inserted(
    bytes,
    random.chance(0.5) ? end : place(bytes, random),
    bytes.subarray(begin, end),
  );
}

function splice(bytes: Buffer, random: FuzzRandom, other: Buffer): Buffer {
  const [begin, end] = block(other, random);
  return inserted(bytes, place(bytes, random), other.subarray(begin, end));
}

/** Writes a size of one to eight bytes over what is there, as lengths and counts are stored. */
function writeSize(bytes: Buffer, random: FuzzRandom): Buffer {
  const width = random.of([1, 2, 4, 8]);
  const size = random.chance(0.2) ? BigInt(bytes.length + random.below(5) - 2) : random.of(sizes);
  const word = Buffer.alloc(8);
  word.writeBigUInt64LE(BigInt.asUintN(64, size));
  const part = word.subarray(0, width);
  (random.chance(0.2) ? Buffer.from(part).reverse() : part).copy(bytes, place(bytes, random));
  return bytes;
}

function writeToken(bytes: Buffer, random: FuzzRandom): Buffer {
  random.of(tokens).copy(bytes, place(bytes, random));
  return bytes;
}

function insertToken(bytes: Buffer, random: FuzzRandom): Buffer {
  return inserted(bytes, place(bytes, random), random.of(tokens));
}

/** Puts another number in the place of one that is written in digits. */
function replaceNumber(bytes: Buffer, random: FuzzRandom): Buffer {
  const isDigit = (at: number): boolean => bytes[at] >= 0x30 && bytes[at] <= 0x39;
  let begin = place(bytes, random);
  for (let steps = 0; steps < 2000 && begin < bytes.length && !isDigit(begin); steps++) begin++;
  let end = begin;
  while (end < bytes.length && isDigit(end)) end++;
  const number = Buffer.from(random.of(numberTexts));
  return Buffer.concat([bytes.subarray(0, begin), number, bytes.subarray(end)]);
}

/** Often near the begin or the end, where headers and directories are. */
function place(bytes: Buffer, random: FuzzRandom): number {
  const near = Math.min(bytes.length, 200);
  const kind = random.below(4);
  if (kind === 0) return random.below(near + 1);
  if (kind === 1) return bytes.length - random.below(near + 1);
  return random.below(bytes.length + 1);
}

function block(bytes: Buffer, random: FuzzRandom): [begin: number, end: number] {
  const begin = place(bytes, random);
  const length = random.chance(0.1) ? random.below(bytes.length + 1) : random.below(64);
  return [begin, Math.min(bytes.length, begin + length)];
}

function inserted(bytes: Buffer, at: number, part: Buffer): Buffer {
  return Buffer.concat([bytes.subarray(0, at), part, bytes.subarray(at)]);
}
