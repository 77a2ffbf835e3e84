import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { fileOf, hostileFolder, opened, refusalOf } from './hostileFile';
import { checkpoint, dictionary, op, pickle, tensor } from './pickle';

const torchFile = (...parts: readonly Buffer[]): string => fileOf(checkpoint(pickle(...parts)));

describe('a checkpoint that names something to be called', () => {
  const trace = path.join(hostileFolder, 'executed');
  const command = op.text(`touch ${trace}`);
  const call = (module: string, name: string): Buffer =>
    Buffer.concat([op.global(module, name), command, op.tuple1, op.reduce]);

  it.each([
    ['os', 'system'],
    ['posix', 'system'],
    ['nt', 'system'],
    ['builtins', 'eval'],
    ['builtins', 'exec'],
    ['__builtin__', 'getattr'],
    ['subprocess', 'Popen'],
    ['torch.hub', 'load'],
    ['torch', 'load'],
    ['torch._utils', 'toString'],
    ['__proto__', 'constructor'],
    ['node:child_process', 'execSync'],
  ])('is read without calling %s.%s, which is told', async (module, name) => {
    const file = torchFile(dictionary({ good: tensor(), bad: call(module, name) }));
    await opened(file, ({ tensors, flaws }) => {
      expect(tensors.map((array) => array.name)).toEqual(['good']);
      expect(flaws).toEqual([expect.stringContaining(`"bad"`)]);
      expect(flaws[0]).toContain(`"${module}.${name}"`);
      return Promise.resolve();
    });
    expect(existsSync(trace)).toBe(false);
  });

  it('is refused with the name where there is nothing else in it', async () => {
    expect(await refusalOf(torchFile(call('os', 'system')))).toMatch(/no tensors.*os\.system/s);
  });

  it('is not called by any other way that pickles have', async () => {
    const ways: Record<string, Buffer> = {
      newObject: Buffer.concat([op.global('os', 'system'), command, op.tuple1, op.newObject]),
      stackGlobal: Buffer.concat([
        op.text('os'),
        op.text('system'),
        op.stackGlobal,
        command,
        op.tuple1,
        op.reduce,
      ]),
      state: Buffer.concat([
        op.global('a', 'B'),
        op.emptyTuple,
        op.newObject,
        dictionary({ __reduce__: op.global('os', 'system') }),
        op.build,
      ]),
      callee: Buffer.concat([op.text('os.system'), command, op.tuple1, op.reduce]),
      tensorOfType: Buffer.concat([
        op.global('torch._tensor', '_rebuild_from_type_v2'),
        op.mark,
        op.global('os', 'system'),
        op.global('a', 'B'),
        command,
        op.tuple1,
        op.emptyDict,
        op.tuple,
        op.reduce,
      ]),
    };
    const file = torchFile(dictionary({ good: tensor(), ...ways }));
    await opened(file, async (weights) => {
      expect(weights.tensors.map(({ name }) => name)).toEqual(['good']);
      expect(await weights.read('good')).toEqual(Float32Array.of(1, 2, 3, 4));
    });
    expect(existsSync(trace)).toBe(false);
  });

  it.each([
    ['INST', 'i'],
    ['OBJ', 'o'],
    ['PERSID', 'P'],
    ['EXT1', '\x82'],
    ['EXT4', '\x84'],
    ['GET', 'g'],
    ['NEXT_BUFFER', '\x97'],
    ['an unknown one', '\xff'],
  ])('is refused for the operation %s, which torch.save never writes', async (_, letter) => {
    const operation = Buffer.from(`(${letter}os\nsystem\n`, 'latin1');
    expect(await refusalOf(torchFile(operation))).toMatch(/operation 0x.*torch\.save never/);
  });
});

describe('a pickle that asks for more than there is', () => {
  const many = (count: number, part: Buffer): Buffer =>
    Buffer.concat(Array<Buffer>(count).fill(part));

  it.each<[string, Buffer, RegExp]>([
    [
      'nests a hundred thousand lists',
      Buffer.concat([many(100_000, op.emptyList), many(99_999, op.append)]),
      /no tensors/,
    ],
    [
      'wraps a tuple a hundred thousand times',
      Buffer.concat([op.emptyTuple, many(100_000, op.tuple1)]),
      /no tensors/,
    ],
    [
      'makes half a million objects and one',
      many(500_001, op.emptyDict),
      /more than 500000 objects/,
    ],
    ['opens a hundred thousand marks', many(100_000, op.mark), /lacks a value/],
    [
      'contains itself',
      Buffer.concat([op.emptyList, op.put(0), op.get(0), op.append]),
      /no tensors/,
    ],
    [
      'contains itself twice, and so for ever',
      Buffer.concat([op.emptyList, op.put(0), op.get(0), op.append, op.get(0), op.append]),
      /more than 1000000 values/,
    ],
    [
      'doubles itself forty times',
      Buffer.concat([
        op.emptyTuple,
        ...Array.from({ length: 40 }, (_, i) => Buffer.concat([op.put(i), op.get(i), op.tuple2])),
      ]),
      /more than 1000000 values/,
    ],
    [
      'has a tensor a million times',
      Buffer.concat([
        tensor(),
        ...Array.from({ length: 20 }, (_, i) => Buffer.concat([op.put(i), op.get(i), op.tuple2])),
      ]),
      /more than (100000 tensors|1000000 values)/,
    ],
    ['recalls what it never remembered', op.get(7), /refers to value 7/],
    ['remembers what is not there', op.put(7), /lacks a value/],
    ['pops what is not there', op.tuple2, /lacks a value/],
    ['ends a tuple that never began', op.tuple, /lacks a mark/],
    ['has a text longer than itself', Buffer.from('X\xff\xff\xff\xff', 'latin1'), /ends after/],
    [
      'has a number of four billion bytes',
      Buffer.from('\x8b\xff\xff\xff\xff', 'latin1'),
      /number of 4294967295 bytes/,
    ],
    [
      'has a name twice',
      Buffer.concat([
        op.emptyDict,
        op.text('a'),
        op.newTrue,
        op.setItem,
        op.text('a'),
        tensor(),
        op.setItem,
      ]),
      /"a" twice/,
    ],
    [
      'has a key without a value',
      Buffer.concat([op.emptyDict, op.mark, op.text('a'), op.setItems]),
      /without a value/,
    ],
    ['refers to no storage', Buffer.concat([op.text('storage'), op.persistentId]), /no storage/],
  ])('%s: a sentence', async (_, data, refusal) => {
    expect(await refusalOf(torchFile(data))).toMatch(refusal);
  });

  it('remembers under a huge number without making room for it', async () => {
    await opened(
      torchFile(tensor(), op.put(0xffffffff), op.emptyList, op.get(0xffffffff), op.append),
      async (file) => {
        expect(await file.read('0')).toEqual(Float32Array.of(1, 2, 3, 4));
      },
    );
  });

  it('names two arrays alike in two ways', async () => {
    const file = torchFile(dictionary({ 'a.b': tensor(), a: dictionary({ b: tensor() }) }));
    expect(await refusalOf(file)).toMatch(/two arrays of the name "a\.b"/);
  });

  it('is cut off anywhere', async () => {
    const whole = pickle(dictionary({ a: tensor() }));
    for (let length = 0; length < whole.length; length += 7) {
      const file = fileOf(checkpoint(whole.subarray(0, length)), 'cut.pt');
      expect(await refusalOf(file)).toMatch(/data\.pkl (ends after|lacks)/);
    }
  });
});

describe('a tensor that lies', () => {
  it.each<[string, Parameters<typeof tensor>[0], RegExp]>([
    ['reaches beyond its storage', { shape: [5] }, /reach to element 5 of a storage that has 4/],
    ['strides beyond its storage', { strides: [2] }, /reach to element 7/],
    ['begins beyond its storage', { offset: op.number(1) }, /reach to element 5/],
    ['begins far beyond', { offset: op.number(2n ** 62n) }, /impossible shape or stride/],
    ['begins before its storage', { offset: op.number(-1) }, /impossible shape or stride/],
    ['strides backwards', { strides: [-1] }, /impossible shape or stride/],
    ['has a negative length', { shape: [-4] }, /impossible shape or stride/],
    ['has NaN as a length', { shape: [op.float(NaN)] }, /impossible shape or stride/],
    ['has a length that is a text', { shape: [op.text('4')] }, /impossible shape or stride/],
    ['has more strides than sides', { strides: [1, 1] }, /impossible shape or stride/],
    [
      'has a product that overflows',
      { shape: [2 ** 31, 2 ** 31, 4], strides: [0, 0, 1] },
      /impossible shape/,
    ],
    [
      'has a hundred axes',
      { shape: Array<number>(100).fill(1), strides: Array<number>(100).fill(1) },
      /impossible shape or stride/,
    ],
    [
      'repeats four values to four billion',
      { shape: [2 ** 30, 4], strides: [0, 1] },
      /repeats 4 values/,
    ],
    ['has a storage that is missing', { key: '1' }, /is missing/],
    ['has a storage by the name of a path', { key: '../data.pkl' }, /is missing/],
    ['claims a longer storage', { length: 2 ** 40 }, /claims 4398046511104 bytes/],
    ['claims a storage of other elements', { storage: 'DoubleStorage' }, /claims 32 bytes/],
    ['has elements of an unknown type', { storage: 'NoStorage' }, /type "torch\.NoStorage"/],
    [
      'has elements of a type of JavaScript',
      { storage: 'constructor' },
      /type "torch\.constructor"/,
    ],
  ])('%s: a sentence', async (_, claimed, refusal) => {
    expect(await refusalOf(torchFile(dictionary({ a: tensor(claimed) })))).toMatch(refusal);
  });
});
