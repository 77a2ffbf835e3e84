import { shortened } from '../../runs/jsonFlaw';
import { PickleFlaw } from './pickleBytes';
import {
  PickleDictionary,
  PickleGlobal,
  PickleObject,
  PickleSequence,
  PickleTensor,
  type PickleValue,
} from './pickleValues';
import { isRemarkable } from './rebuild';

/** A tensor and the keys that lead to it, joined with dots. */
export interface NamedTensor {
  readonly name: string;
  readonly tensor: PickleTensor;
}

export interface FoundTensors {
  readonly tensors: readonly NamedTensor[];
  /** Sentences about what was left out. */
  readonly flaws: readonly string[];
}

/**
 * Values that refer to each other several times can stand for more than any memory holds, and to
 * themselves for infinitely many.
 */
const LIMITS = { visits: 1_000_000, tensors: 100_000, depth: 64, nameLength: 1000 };

/**
 * All tensors in what a checkpoint holds: of dictionaries and lists in each other, and of modules
 * that were pickled as a whole, of which the arrays can be seen though the code is never loaded.
 *
 * @throws PickleFlaw where there are more than any checkpoint has
 */
export function namedTensors(root: PickleValue): FoundTensors {
  if (root instanceof PickleTensor) {
    return { tensors: [{ name: 'tensor', tensor: root }], flaws: [] };
  }
  const search = new TensorSearch();
  search.visit(root, '', 0);
  return { tensors: search.tensors, flaws: search.flaws() };
}

class TensorSearch {
  readonly tensors: NamedTensor[] = [];
  /** By class: the first name under which there is such an object, and how many there are. */
  private readonly leftOut = new Map<string, { name: string; count: number }>();
  private readonly modules: string[] = [];
  private readonly otherFlaws = new Set<string>();
  private visits = 0;

  visit(value: PickleValue, name: string, depth: number): void {
    if (++this.visits > LIMITS.visits) {
      throw new PickleFlaw(`holds more than ${LIMITS.visits} values`);
    }
    if (depth > LIMITS.depth || name.length > LIMITS.nameLength) {
      this.otherFlaws.add(`What lies more than ${LIMITS.depth} levels deep was left out.`);
    } else if (value instanceof PickleTensor) this.add(name, value);
    else if (value instanceof PickleDictionary) this.visitEntries(value, name, depth);
    else if (value instanceof PickleSequence) {
      value.items.forEach((item, i) => this.visit(item, joined(name, String(i)), depth + 1));
    } else if (value instanceof PickleObject) this.visitObject(value, name, depth);
    else if (value instanceof PickleGlobal) this.leaveOut(value.name, name);
  }

  flaws(): string[] {
    const modules = this.modules.map(
      (type) =>
        `It holds a module of the class ${shortened(type)} as a whole: its arrays are read, its code is never loaded.`,
    );
    const objects = [...this.leftOut].map(([type, { name, count }]) => {
      const more = count === 1 ? '' : ` and ${count - 1} more`;
      return `${shortened(name)}${more} of the class or function ${shortened(type)} was left out: nothing that a file names is ever loaded or called.`;
    });
    return [...modules, ...objects, ...this.otherFlaws];
  }

  private visitEntries(dictionary: PickleDictionary, name: string, depth: number): void {
    for (const [key, value] of dictionary.entries) {
      if (typeof key === 'string' || typeof key === 'number') {
        this.visit(value, joined(name, String(key)), depth + 1);
      } else
        this.otherFlaws.add(`Entries of ${shortened(name)} whose key is no text were left out.`);
    }
  }

  private visitObject(object: PickleObject, name: string, depth: number): void {
    const parts = moduleParts(object);
    if (parts === undefined) {
      this.leaveOut(object.type, name);
      return;
    }
    // The modules in a module go without saying.
    if (this.modules.length === 0) this.modules.push(object.type);
    for (const part of parts) this.visit(part, name, depth + 1);
  }

  private add(name: string, tensor: PickleTensor): void {
    this.tensors.push({ name, tensor });
    if (this.tensors.length > LIMITS.tensors) {
      throw new PickleFlaw(`holds more than ${LIMITS.tensors} tensors`);
    }
  }

  private leaveOut(type: string, name: string): void {
    if (!isRemarkable(type)) return;
    const known = this.leftOut.get(type);
    if (known === undefined) this.leftOut.set(type, { name, count: 1 });
    else known.count++;
  }
}

/**
 * Parameters, buffers and modules of a pickled torch.nn.Module, or the attributes of a module of
 * TorchScript; undefined for other objects.
 */
function moduleParts({ type, state }: PickleObject): PickleDictionary[] | undefined {
  if (!(state instanceof PickleDictionary)) return undefined;
  if (type.startsWith('__torch__.')) return [state];
  const parts = ['_parameters', '_buffers', '_modules'].map((key) => state.entries.get(key));
  const isModule = (values: unknown[]): values is PickleDictionary[] =>
    values.every((value) => value instanceof PickleDictionary);
  return isModule(parts) ? parts : undefined;
}

function joined(name: string, key: string): string {
  return name === '' ? key : `${name}.${key}`;
}
