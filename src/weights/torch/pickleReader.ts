import { shortened } from '../../runs/jsonFlaw';
import { PickleBytes, PickleFlaw } from './pickleBytes';
import {
  PickleDictionary,
  PickleGlobal,
  PickleObject,
  PickleSequence,
  PickleStorage,
  type PickleValue,
} from './pickleValues';
import { rebuilt } from './rebuild';

/**
 * What bounds time and memory: forty thousand tensors need less, and no more than some two hundred
 * megabytes come of it whatever the file says.
 */
const LIMITS = { operations: 4_000_000, containers: 500_000, memo: 1_000_000 };

/** A mark on the stack, from which on values belong to what is made next. */
const MARK = Symbol('mark');

/**
 * Reads a pickle as `torch.save` writes it (protocols 2 to 5). Python's own reader is a machine that
 * imports and calls what the file names; this one keeps names as names, answers the few calls that
 * describe tensors with data (./rebuild.ts), and leaves stand-ins for all others.
 *
 * @throws PickleFlaw for what is no such pickle, or beyond all measure
 */
export function readPickle(bytes: Buffer): PickleValue {
  return new PickleMachine(new PickleBytes(bytes)).run();
}

class PickleMachine {
  private readonly stack: (PickleValue | typeof MARK)[] = [];
  private readonly memo = new Map<number, PickleValue>();
  private containers = 0;

  constructor(private readonly bytes: PickleBytes) {}

  run(): PickleValue {
    for (let i = 0; i < LIMITS.operations; i++) {
      const code = this.bytes.byte();
      if (code === STOP) return this.pop();
      const operation = operations.get(code);
      if (operation === undefined) {
        throw new PickleFlaw(
          `uses the operation 0x${code.toString(16).padStart(2, '0')}, which torch.save never does`,
        );
      }
      operation(this, this.bytes);
    }
    throw new PickleFlaw(`has more than ${LIMITS.operations} operations`);
  }

  push(value: PickleValue): void {
    this.stack.push(value);
  }

  pushMark(): void {
    this.stack.push(MARK);
  }

  /** Pushes a new sequence; counted, because each takes far more memory than its byte in the file. */
  pushSequence(items: PickleValue[]): void {
    this.countContainer();
    this.push(new PickleSequence(items));
  }

  pushDictionary(): void {
    this.countContainer();
    this.push(new PickleDictionary());
  }

  pop(): PickleValue {
    const value = this.stack.pop();
    if (value === undefined || value === MARK) throw new PickleFlaw('lacks a value');
    return value;
  }

  /** The last `count` values, in order. */
  popMany(count: number): PickleValue[] {
    return Array.from({ length: count }, () => this.pop()).reverse();
  }

  /** All values since the last mark, which goes as well. */
  popToMark(): PickleValue[] {
    const values: PickleValue[] = [];
    for (let value = this.stack.pop(); value !== MARK; value = this.stack.pop()) {
      if (value === undefined) throw new PickleFlaw('lacks a mark');
      values.push(value);
    }
    return values.reverse();
  }

  /** Drops a value or a mark, whichever is last. */
  drop(): void {
    if (this.stack.pop() === undefined) throw new PickleFlaw('lacks a value');
  }

  top(): PickleValue {
    const value = this.stack.at(-1);
    if (value === undefined || value === MARK) throw new PickleFlaw('lacks a value');
    return value;
  }

  remember(index = this.memo.size): void {
    this.memo.set(index, this.top());
    if (this.memo.size > LIMITS.memo) {
      throw new PickleFlaw(`remembers more than ${LIMITS.memo} values`);
    }
  }

  recall(index: number): void {
    const value = this.memo.get(index);
    if (value === undefined) throw new PickleFlaw(`refers to value ${index}, which it never named`);
    this.push(value);
  }

  append(items: readonly PickleValue[]): void {
    const list = this.top();
    // Objects that are lists of a class of their own keep nothing.
    if (list instanceof PickleSequence) for (const item of items) list.items.push(item);
  }

  setItems(items: readonly PickleValue[]): void {
    const dictionary = this.top();
    if (items.length % 2 !== 0) throw new PickleFlaw('has a key without a value');
    if (!(dictionary instanceof PickleDictionary)) return;
    for (let i = 0; i < items.length; i += 2) {
      if (dictionary.entries.has(items[i])) {
        throw new PickleFlaw(`has the name ${keyText(items[i])} twice`);
      }
      dictionary.entries.set(items[i], items[i + 1]);
    }
  }

  pushGlobal(module: string, name: string): void {
    this.countContainer();
    this.push(new PickleGlobal(`${module}.${name}`));
  }

  /** What Python would call, with what; see {@link rebuilt}. */
  call(): void {
    const args = this.pop();
    const callee = this.pop();
    if (!(args instanceof PickleSequence)) throw new PickleFlaw('calls without arguments');
    this.countContainer();
    this.push(callee instanceof PickleGlobal ? rebuilt(callee, args.items) : new PickleObject('?'));
  }

  /** State belongs to the object before it; that of tensors and dictionaries is of no use here. */
  build(): void {
    const state = this.pop();
    const object = this.top();
    if (object instanceof PickleObject) object.state = state;
  }

  /** ('storage', type, key, location, length) */
  pushStorage(): void {
    const id = this.pop();
    const [kind, type, key, , length] = id instanceof PickleSequence ? id.items : [];
    const isStorage =
      kind === 'storage' &&
      type instanceof PickleGlobal &&
      typeof key === 'string' &&
      typeof length === 'number';
    if (!isStorage) throw new PickleFlaw('refers to something that is no storage');
    this.countContainer();
    this.push(new PickleStorage(type.name, key, length));
  }

  private countContainer(): void {
    if (++this.containers > LIMITS.containers) {
      throw new PickleFlaw(`holds more than ${LIMITS.containers} objects`);
    }
  }
}

type Operation = (machine: PickleMachine, bytes: PickleBytes) => void;

const STOP = 0x2e;

/** By the letters of Python's pickletools; from 0x80 on they have none. */
const operations: ReadonlyMap<number, Operation> = new Map<number, Operation>([
  [0x80, (_, bytes) => bytes.byte()], // PROTO
  [0x95, (_, bytes) => bytes.uint64()], // FRAME: its length, of no use here
  [code('('), (machine) => machine.pushMark()],
  [code('0'), (machine) => machine.drop()],
  [code('1'), (machine) => machine.popToMark()],
  [code('N'), (machine) => machine.push(null)],
  [0x88, (machine) => machine.push(true)],
  [0x89, (machine) => machine.push(false)],
  [code('J'), (machine, bytes) => machine.push(bytes.int32())],
  [code('K'), (machine, bytes) => machine.push(bytes.byte())],
  [code('M'), (machine, bytes) => machine.push(bytes.uint16())],
  [0x8a, (machine, bytes) => machine.push(bytes.wholeNumber(bytes.byte()))], // LONG1
  [0x8b, (machine, bytes) => machine.push(bytes.wholeNumber(bytes.uint32()))], // LONG4
  [code('G'), (machine, bytes) => machine.push(bytes.float64())],
  [code('X'), (machine, bytes) => machine.push(bytes.text(bytes.uint32()))],
  [0x8c, (machine, bytes) => machine.push(bytes.text(bytes.byte()))], // SHORT_BINUNICODE
  [0x8d, (machine, bytes) => machine.push(bytes.text(bytes.uint64()))], // BINUNICODE8
  [code('B'), (machine, bytes) => machine.push(bytes.take(bytes.uint32()))],
  [code('C'), (machine, bytes) => machine.push(bytes.take(bytes.byte()))],
  [0x8e, (machine, bytes) => machine.push(bytes.take(bytes.uint64()))], // BINBYTES8
  [0x96, (machine, bytes) => machine.push(bytes.take(bytes.uint64()))], // BYTEARRAY8
  [code(')'), (machine) => machine.pushSequence([])],
  [code(']'), (machine) => machine.pushSequence([])],
  [0x8f, (machine) => machine.pushSequence([])], // EMPTY_SET
  [code('}'), (machine) => machine.pushDictionary()],
  [code('t'), (machine) => machine.pushSequence(machine.popToMark())],
  [0x91, (machine) => machine.pushSequence(machine.popToMark())], // FROZENSET
  [0x85, (machine) => machine.pushSequence(machine.popMany(1))],
  [0x86, (machine) => machine.pushSequence(machine.popMany(2))],
  [0x87, (machine) => machine.pushSequence(machine.popMany(3))],
  [code('a'), (machine) => machine.append(machine.popMany(1))],
  [code('e'), (machine) => machine.append(machine.popToMark())],
  [0x90, (machine) => machine.append(machine.popToMark())], // ADDITEMS
  [code('s'), (machine) => machine.setItems(machine.popMany(2))],
  [code('u'), (machine) => machine.setItems(machine.popToMark())],
  [code('q'), (machine, bytes) => machine.remember(bytes.byte())],
  [code('r'), (machine, bytes) => machine.remember(bytes.uint32())],
  [0x94, (machine) => machine.remember()], // MEMOIZE
  [code('h'), (machine, bytes) => machine.recall(bytes.byte())],
  [code('j'), (machine, bytes) => machine.recall(bytes.uint32())],
  [code('c'), (machine, bytes) => machine.pushGlobal(bytes.line(), bytes.line())],
  [0x93, pushStackGlobal],
  [code('R'), (machine) => machine.call()],
  [0x81, (machine) => machine.call()], // NEWOBJ
  [0x92, callWithNames],
  [code('b'), (machine) => machine.build()],
  [code('Q'), (machine) => machine.pushStorage()],
]);

/** A key, fit for a message. */
function keyText(key: PickleValue): string {
  return typeof key === 'string' || typeof key === 'number' ? shortened(`${key}`) : 'of a value';
}

function code(letter: string): number {
  return letter.charCodeAt(0);
}

function pushStackGlobal(machine: PickleMachine): void {
  const [module, name] = machine.popMany(2);
  if (typeof module !== 'string' || typeof name !== 'string') {
    throw new PickleFlaw('names a class with something that is no text');
  }
  machine.pushGlobal(module, name);
}

/** NEWOBJ_EX: class, arguments, arguments with names. */
function callWithNames(machine: PickleMachine): void {
  machine.pop();
  machine.call();
}
