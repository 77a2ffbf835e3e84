import {
  PickleDictionary,
  PickleGlobal,
  PickleObject,
  PickleSequence,
  PickleStorage,
  PickleTensor,
  type PickleValue,
} from './pickleValues';

type Rebuild = (args: readonly PickleValue[]) => PickleValue | undefined;

/**
 * All that is known of what a checkpoint asks to be called with arguments: how PyTorch describes
 * tensors, and containers of Python. Each is answered with data; nothing is called.
 */
const known: ReadonlyMap<string, Rebuild> = new Map<string, Rebuild>([
  ['torch._utils._rebuild_tensor', rebuildTensor],
  ['torch._utils._rebuild_tensor_v2', rebuildTensor],
  ['torch._utils._rebuild_tensor_v3', rebuildTypedTensor],
  ['torch._utils._rebuild_parameter', ([data]) => tensorOrNothing(data)],
  ['torch._utils._rebuild_parameter_with_state', ([data]) => tensorOrNothing(data)],
  ['torch._tensor._rebuild_from_type_v2', rebuildOfType],
  ['torch.nn.parameter.Parameter', ([data]) => tensorOrNothing(data)],
  ['torch.Size', ([items]) => items],
  ['collections.OrderedDict', rebuildDictionary],
  ['collections.defaultdict', () => new PickleDictionary()],
]);

/** Values that every training state has beside its arrays, and that nobody misses. */
const unremarkable = [
  /^numpy\.(_?core\.multiarray\.scalar|dtype)$/,
  /^_codecs\.encode$/,
  /^(builtins|__builtin__)\.set$/,
  // Types, devices, layouts; lists of numbers in TorchScript.
  /^torch\.(device|strided|(bool|q?u?int|b?float|complex)[0-9a-z_]*)$/,
  /^torch\.jit\._pickle\.build_(int|double|bool)list$/,
];

/** Whether something that is left out is worth a word, by the name of its class or function. */
export function isRemarkable(type: string): boolean {
  return !unremarkable.some((pattern) => pattern.test(type));
}

/**
 * What stands for the result of calling something: data where we know what it would be, else an
 * object of which only the name is kept. Never calls anything.
 */
export function rebuilt(callee: PickleGlobal, args: readonly PickleValue[]): PickleValue {
  return known.get(callee.name)?.(args) ?? new PickleObject(callee.name);
}

/** (storage, offset, size, stride, requires_grad, hooks, metadata) */
function rebuildTensor(args: readonly PickleValue[]): PickleValue | undefined {
  const [storage, offset, shape, strides, , , metadata] = args;
  if (!(storage instanceof PickleStorage)) return undefined;
  return new PickleTensor(storage, offset, shape, strides, undefined, isPlain(metadata));
}

/** (storage, offset, size, stride, requires_grad, hooks, dtype, metadata) */
function rebuildTypedTensor(args: readonly PickleValue[]): PickleValue | undefined {
  const [storage, offset, shape, strides, , , dtype, metadata] = args;
  if (!(storage instanceof PickleStorage) || !(dtype instanceof PickleGlobal)) return undefined;
  return new PickleTensor(storage, offset, shape, strides, dtype.name, isPlain(metadata));
}

/** (function, type, arguments, state): a tensor with attributes of its own. */
function rebuildOfType([rebuild, , args]: readonly PickleValue[]): PickleValue | undefined {
  if (!(rebuild instanceof PickleGlobal) || !(args instanceof PickleSequence)) return undefined;
  if (!rebuild.name.startsWith('torch._utils._rebuild_')) return undefined;
  return tensorOrNothing(rebuilt(rebuild, args.items));
}

/** Without arguments, or with a list of pairs. */
function rebuildDictionary([pairs]: readonly PickleValue[]): PickleValue | undefined {
  const dictionary = new PickleDictionary();
  if (pairs === undefined) return dictionary;
  if (!(pairs instanceof PickleSequence)) return undefined;
  for (const pair of pairs.items) {
    if (!(pair instanceof PickleSequence) || pair.items.length !== 2) return undefined;
    if (dictionary.entries.has(pair.items[0])) return undefined;
    dictionary.entries.set(pair.items[0], pair.items[1]);
  }
  return dictionary;
}

function tensorOrNothing(value: PickleValue | undefined): PickleTensor | undefined {
  return value instanceof PickleTensor ? value : undefined;
}

/** Metadata tells of conjugate and negative views. */
function isPlain(metadata: PickleValue | undefined): boolean {
  return !(metadata instanceof PickleDictionary) || metadata.entries.size === 0;
}
