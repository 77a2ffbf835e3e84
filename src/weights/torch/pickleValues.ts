/**
 * What the reader of pickles makes: plain data, and stand-ins for objects of classes. Nothing here
 * has behaviour, so nothing that a file says can be done.
 */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | PickleSequence
  | PickleDictionary
  | PickleGlobal
  | PickleStorage
  | PickleTensor
  | PickleObject;

/** A list, tuple or set. */
export class PickleSequence {
  constructor(readonly items: PickleValue[]) {}
}

/** A dict or OrderedDict. */
export class PickleDictionary {
  readonly entries = new Map<PickleValue, PickleValue>();
}

/** The name of a function or class; it is never looked up. */
export class PickleGlobal {
  /** @param name `module.name` */
  constructor(readonly name: string) {}
}

/** Something of which only the name of its class or function is known, and perhaps its state. */
export class PickleObject {
  state: PickleValue = null;

  constructor(readonly type: string) {}
}

/** Elements in a file of their own within the checkpoint. */
export class PickleStorage {
  /**
   * @param type name of the class: `torch.FloatStorage`
   * @param key names the file
   * @param length elements, or bytes of `UntypedStorage`
   */
  constructor(
    readonly type: string,
    readonly key: string,
    readonly length: number,
  ) {}
}

/** A view of a storage, in elements; unchecked. */
export class PickleTensor {
  constructor(
    readonly storage: PickleStorage,
    readonly offset: PickleValue,
    readonly shape: PickleValue,
    readonly strides: PickleValue,
    /** Of tensors of an untyped storage: `torch.uint16`. */
    readonly dtype?: string,
    /** Of tensors whose bits are not their values, such as negative views. */
    readonly isPlain = true,
  ) {}
}
