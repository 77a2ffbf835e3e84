import { type PickleBytes, PickleFlaw } from './pickleBytes';
import type { PickleMachine } from './pickleMachine';

/** What an operation does to the machine, taking what belongs to it from the bytes. */
export type Operation = (machine: PickleMachine, bytes: PickleBytes) => void;

/**
 * The operations that `torch.save` writes, in protocols 2 to 5, by their letters in Python's
 * pickletools; from 0x80 on they have none.
 */
export const operations: ReadonlyMap<number, Operation> = new Map<number, Operation>([
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
