import type { WeightFile } from '../../weights/weightFile';

/** Who wrote a file, as far as its format, metadata and names tell. */
export function writerOf({ format, tensors, metadata }: WeightFile, own: boolean): string {
  if (own) return 'sn-gan';
  const named = (pattern: RegExp): boolean => tensors.some(({ name }) => pattern.test(name));
  switch (format) {
    case 'torch':
      return 'PyTorch';
    case 'tfjs':
      return 'TensorFlow.js';
    case 'npy':
      return 'NumPy';
    case 'npz':
      return named(/(?:^|\/)W$/) ? 'Chainer' : 'NumPy';
    case 'safetensors':
      if (metadata['format'] === 'pt') return 'PyTorch';
      if (metadata['format'] === 'tf') return 'TensorFlow';
      return named(/\.weight(?:_orig)?$|\.parametrizations\./) ? 'PyTorch' : 'safetensors';
  }
}
