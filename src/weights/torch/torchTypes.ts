import type { ElementType } from '../elementType';

/** A type of PyTorch; `type` is absent where an element is no real number that can be read. */
export interface TorchType {
  /** As PyTorch prints it, without `torch.` */
  readonly dtype: string;
  readonly bytes: number;
  readonly type?: ElementType;
}

const types: readonly TorchType[] = [
  { dtype: 'float64', bytes: 8, type: 'F64' },
  { dtype: 'float32', bytes: 4, type: 'F32' },
  { dtype: 'float16', bytes: 2, type: 'F16' },
  { dtype: 'bfloat16', bytes: 2, type: 'BF16' },
  { dtype: 'float8_e4m3fn', bytes: 1, type: 'F8_E4M3' },
  { dtype: 'float8_e5m2', bytes: 1, type: 'F8_E5M2' },
  { dtype: 'float8_e4m3fnuz', bytes: 1, type: 'F8_E4M3FNUZ' },
  { dtype: 'float8_e5m2fnuz', bytes: 1, type: 'F8_E5M2FNUZ' },
  { dtype: 'float8_e8m0fnu', bytes: 1, type: 'F8_E8M0' },
  { dtype: 'int64', bytes: 8, type: 'I64' },
  { dtype: 'int32', bytes: 4, type: 'I32' },
  { dtype: 'int16', bytes: 2, type: 'I16' },
  { dtype: 'int8', bytes: 1, type: 'I8' },
  { dtype: 'uint64', bytes: 8, type: 'U64' },
  { dtype: 'uint32', bytes: 4, type: 'U32' },
  { dtype: 'uint16', bytes: 2, type: 'U16' },
  { dtype: 'uint8', bytes: 1, type: 'U8' },
  { dtype: 'bool', bytes: 1, type: 'BOOL' },
  { dtype: 'complex32', bytes: 4 },
  { dtype: 'complex64', bytes: 8 },
  { dtype: 'complex128', bytes: 16 },
];

const dtypeOfStorage: Readonly<Record<string, string>> = {
  'torch.DoubleStorage': 'float64',
  'torch.FloatStorage': 'float32',
  'torch.HalfStorage': 'float16',
  'torch.BFloat16Storage': 'bfloat16',
  'torch.LongStorage': 'int64',
  'torch.IntStorage': 'int32',
  'torch.ShortStorage': 'int16',
  'torch.CharStorage': 'int8',
  'torch.ByteStorage': 'uint8',
  'torch.BoolStorage': 'bool',
  'torch.ComplexFloatStorage': 'complex64',
  'torch.ComplexDoubleStorage': 'complex128',
};

/** Storages that count bytes; their tensors say what the bytes are. */
export const UNTYPED_STORAGE = 'torch.storage.UntypedStorage';

/**
 * The type of a tensor's elements; undefined for one that is not known.
 *
 * @param storage class of its storage
 * @param dtype of tensors of an untyped storage: `torch.uint16`
 */
export function torchType(storage: string, dtype: string | undefined): TorchType | undefined {
  const name =
    storage === UNTYPED_STORAGE
      ? dtype?.replace(/^torch\./, '')
      : Object.hasOwn(dtypeOfStorage, storage)
        ? dtypeOfStorage[storage]
        : undefined;
  return types.find((type) => type.dtype === name);
}
