import { type PackedMember, packZip } from '../../fuzz/packZip';

/** Operations of pickles, as bytes, by the names of Python's pickletools. */
export const op = {
  mark: Buffer.from('('),
  tuple: Buffer.from('t'),
  emptyTuple: Buffer.from(')'),
  emptyList: Buffer.from(']'),
  emptyDict: Buffer.from('}'),
  append: Buffer.from('a'),
  setItem: Buffer.from('s'),
  setItems: Buffer.from('u'),
  reduce: Buffer.from('R'),
  build: Buffer.from('b'),
  persistentId: Buffer.from('Q'),
  newTrue: Buffer.from([0x88]),
  newFalse: Buffer.from([0x89]),
  newObject: Buffer.from([0x81]),
  stackGlobal: Buffer.from([0x93]),
  tuple1: Buffer.from([0x85]),
  tuple2: Buffer.from([0x86]),
  stop: Buffer.from('.'),
  text(text: string): Buffer {
    const bytes = Buffer.from(text);
    return Buffer.concat([Buffer.from('X'), uint32(bytes.length), bytes]);
  },
  global: (module: string, name: string): Buffer => Buffer.from(`c${module}\n${name}\n`),
  /** Whole numbers as eight bytes, which hold more than any size. */
  number: (value: bigint | number): Buffer =>
    Buffer.concat([Buffer.from([0x8a, 8]), int64(BigInt(value))]),
  float(value: number): Buffer {
    const bytes = Buffer.alloc(9);
    bytes.write('G');
    bytes.writeDoubleBE(value, 1);
    return bytes;
  },
  put: (index: number): Buffer => Buffer.concat([Buffer.from('r'), uint32(index)]),
  get: (index: number): Buffer => Buffer.concat([Buffer.from('j'), uint32(index)]),
};

export function pickle(...parts: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([0x80, 2]), ...parts, op.stop]);
}

/** What a tensor is rebuilt from; anything may be claimed. */
export interface ClaimedTensor {
  readonly key?: string;
  readonly storage?: string;
  readonly length?: number | bigint;
  readonly offset?: Buffer;
  readonly shape?: readonly (number | bigint | Buffer)[];
  readonly strides?: readonly (number | bigint)[];
}

/** A tensor over the storage "0"; of four float32 where nothing else is claimed. */
export function tensor(claimed: ClaimedTensor = {}): Buffer {
  const { key = '0', storage = 'FloatStorage', length = 4, shape = [4], strides = [1] } = claimed;
  const tuple = (items: readonly (number | bigint | Buffer)[]): Buffer[] => [
    op.mark,
    ...items.map((item) => (Buffer.isBuffer(item) ? item : op.number(item))),
    op.tuple,
  ];
  return Buffer.concat([
    op.global('torch._utils', '_rebuild_tensor_v2'),
    op.mark,
    op.mark,
    op.text('storage'),
    op.global('torch', storage),
    op.text(key),
    op.text('cpu'),
    op.number(length),
    op.tuple,
    op.persistentId,
    claimed.offset ?? op.number(0),
    ...tuple(shape),
    ...tuple(strides),
    op.newFalse,
    op.emptyDict,
    op.tuple,
    op.reduce,
  ]);
}

/** A dictionary of what is given as pairs of name and value. */
export function dictionary(entries: Readonly<Record<string, Buffer>>): Buffer {
  return Buffer.concat([
    op.emptyDict,
    op.mark,
    ...Object.entries(entries).flatMap(([name, value]) => [op.text(name), value]),
    op.setItems,
  ]);
}

/** A checkpoint with the storage "0" of the four float32 1, 2, 3, 4. */
export function checkpoint(data: Buffer, more: readonly PackedMember[] = []): Buffer {
  return packZip([
    { name: 'archive/data.pkl', contents: data },
    { name: 'archive/data/0', contents: new Uint8Array(Float32Array.of(1, 2, 3, 4).buffer) },
    ...more,
  ]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function int64(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(value);
  return bytes;
}
