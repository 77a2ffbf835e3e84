import { sharesLatents } from '../../gan/trainingStep';
import type { TrainConfig } from '../../shared/config';

/** The arrays of a step's inputs, see `StepInputs`. */
export interface InputArrays {
  readonly real: readonly Float32Array[];
  readonly latentsD: readonly Float32Array[];
  readonly latentsG: Float32Array;
}

/** Where runtimes want an array to begin, so that they can use it in place. */
const ALIGNMENT = 64;

/** The arrays of one step in memory that threads share; `onto` lays them out in it once more. */
export function inputArrays(
  config: TrainConfig,
  onto?: SharedArrayBuffer,
): { readonly arrays: InputArrays; readonly memory: SharedArrayBuffer } {
  const { nDis, batch, data, network } = config;
  const images = batch.discriminator * data.size * data.size * 3;
  const latentsD = batch.discriminator * network.latentDim;
  const latentsG = sharesLatents(config) ? 0 : batch.generator * network.latentDim;
  const memory =
    onto ?? new SharedArrayBuffer(nDis * (aligned(images) + aligned(latentsD)) + aligned(latentsG));
  let offset = 0;
  const next = (length: number): Float32Array => {
    const array = new Float32Array(memory, offset, length);
    offset += aligned(length);
    return array;
  };
  const real = Array.from({ length: nDis }, () => next(images));
  const forD = Array.from({ length: nDis }, () => next(latentsD));
  const arrays = {
    real,
    latentsD: forD,
    latentsG: latentsG === 0 ? forD[nDis - 1] : next(latentsG),
  };
  return { arrays, memory };
}

/** Bytes that so many values take. */
function aligned(length: number): number {
  return Math.ceil((length * Float32Array.BYTES_PER_ELEMENT) / ALIGNMENT) * ALIGNMENT;
}
