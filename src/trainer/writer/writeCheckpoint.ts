import { toTorch, type TorchLayout } from '../../gan/torchLayout';
import { streamSafetensors } from '../../runs/safetensors';
import { assertFiniteArray } from '../finite';

/** What a checkpoint's file says of itself before the first value. */
export interface CheckpointContents {
  readonly step: number;
  readonly arrays: readonly { readonly name: string; readonly layout: TorchLayout }[];
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Writes a checkpoint from the values of its arrays as they lie in memory: looks whether they are
 * finite and brings them into PyTorch's layout.
 *
 * @param values of each array, in the order of `arrays`; what it throws leaves no file
 * @throws NonFiniteError when the state holds NaN or Infinity; no file is written then
 * @throws UserError where the file system refuses
 */
export async function writeCheckpoint(
  file: string,
  { step, arrays, metadata }: CheckpointContents,
  values: AsyncIterable<Float32Array>,
): Promise<void> {
  async function* converted(): AsyncGenerator<Float32Array> {
    let next = 0;
    for await (const own of values) {
      const { name, layout } = arrays[next++];
      assertFiniteArray(name, own, step);
      yield toTorch(own, layout);
    }
  }
  const described = arrays.map(({ name, layout }) => ({ name, shape: layout.shape }));
  await streamSafetensors(file, { arrays: described, metadata }, converted());
}
