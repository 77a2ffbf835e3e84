import os from 'node:os';
import type { BatchSource } from '../../data/batches';
import type { TrainConfig } from '../../shared/config';
import { inputArrays, type InputArrays } from './inputArrays';
import { InputMaker } from './inputMaker';
import { InputsAhead } from './inputsAhead';

/** Gives the inputs of steps. */
export interface InputSource {
  /**
   * The images and latents of a step, counted from 0. They stay as they are until the next call.
   *
   * @throws UserError where the thread that makes them was lost
   */
  inputs(index: number): Promise<InputArrays>;
  close(): Promise<void>;
}

/** Of fewer values a step, a message to a thread and back takes longer than to make them. */
const WORTH_A_THREAD = 16_384;

/**
 * Inputs for the steps of a run: made ahead by a thread, or when they are asked for where there is
 * one core only or hardly anything to make.
 */
export function openInputs(
  config: TrainConfig,
  set: BatchSource,
  cores = os.availableParallelism(),
): InputSource {
  const { nDis, batch, data } = config;
  const values = nDis * batch.discriminator * data.size * data.size * 3;
  if (cores > 1 && values >= WORTH_A_THREAD) return new InputsAhead(config, set);
  const maker = new InputMaker(config, set);
  const { arrays } = inputArrays(config);
  return {
    inputs: (index) => {
      maker.fill(index, arrays);
      return Promise.resolve(arrays);
    },
    close: () => Promise.resolve(),
  };
}
