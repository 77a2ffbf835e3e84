import { shortened } from '../../runs/jsonFlaw';
import { PickleFlaw } from './pickleBytes';
import {
  PickleDictionary,
  PickleGlobal,
  PickleObject,
  PickleSequence,
  PickleStorage,
  type PickleValue,
} from './pickleValues';
import { rebuilt } from './rebuild';

/** What keeps memory below some three hundred megabytes; forty thousand tensors need less. */
const LIMITS = { containers: 500_000, memo: 1_000_000 };

/** A mark on the stack, from which on values belong to what is made next. */
const MARK = Symbol('mark');

/** Stack and memo of the machine that pickles are programs for; each method is a part of one of its operations. */
export class PickleMachine {
  private readonly stack: (PickleValue | typeof MARK)[] = [];
  private readonly memo = new Map<number, PickleValue>();
  private containers = 0;

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

/** A key, fit for a message. */
function keyText(key: PickleValue): string {
  return typeof key === 'string' || typeof key === 'number' ? shortened(`${key}`) : 'of a value';
}
