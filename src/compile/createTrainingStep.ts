import { EagerStep } from '../gan/eagerStep';
import type { Gan } from '../gan/gan';
import type { TrainingStep } from '../gan/trainingStep';
import { asSentence } from '../runtime/asSentence';
import type { RuntimeName, TrainConfig } from '../shared/config';
import { messageOf, UserError } from '../shared/userError';
import { CompiledStep, type CompileCost } from './compiledStep';

/** A way to make steps, and a sentence that says which one it is. */
export interface ChosenStep {
  readonly step: TrainingStep;
  readonly explanation: string;
  /** What compiling it took; undefined: it is not compiled. */
  readonly cost: CompileCost | undefined;
}

/**
 * The fastest way to make the steps of a run: compiled into one native call on TensorFlow, else
 * operation by operation. A step that cannot be compiled is made the slow way, and the explanation
 * says why.
 *
 * @throws UserError where the config asks for what only a compiled step can do
 */
export async function createTrainingStep(
  config: TrainConfig,
  gan: Gan,
  runtime: RuntimeName,
): Promise<ChosenStep> {
  if (runtime !== 'tensorflow') {
    if (config.precision === 'bf16') throw new UserError(bf16Needs(`the runtime is ${runtime}`));
    return {
      step: new EagerStep(config, gan),
      explanation: 'Steps are made operation by operation.',
      cost: undefined,
    };
  }
  try {
    const { step, cost } = await CompiledStep.compile(config, gan);
    const { operations, milliseconds } = cost;
    const spent = Object.values(milliseconds).reduce((sum, part) => sum + part);
    const seconds = (spent / 1000).toFixed(1);
    return {
      step,
      explanation: `A step of ${operations} operations was compiled in ${seconds} s and is made with one call${config.precision === 'bf16' ? ', with convolutions in bfloat16' : ''}.`,
      cost,
    };
  } catch (thrown) {
    const [reason] = messageOf(thrown).split('\n');
    if (config.precision === 'bf16') {
      throw new UserError(bf16Needs(`the step cannot be compiled (${reason})`), { cause: thrown });
    }
    return {
      step: new EagerStep(config, gan),
      explanation: `Steps are made operation by operation, which is slower, because the step cannot be compiled: ${asSentence(reason)}`,
      cost: undefined,
    };
  }
}

function bf16Needs(but: string): string {
  return `"precision": "bf16" needs a compiled step on the runtime tensorflow, but ${but}; set "precision" to "f32", or install TensorFlow with \`sn-gan runtime install\`.`;
}
