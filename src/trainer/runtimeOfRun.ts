import { chooseRuntime } from '../runtime/choose';
import type { RuntimeDecision } from '../runtime/decide';
import type { TrainConfig } from '../shared/config';
import { UserError } from '../shared/userError';

/**
 * Chooses what a run is trained with. bf16 leaves `auto` no choice: another runtime may be faster,
 * but could not train this run at all.
 *
 * @param choose for tests; see {@link chooseRuntime}
 * @throws UserError when no runtime works that can train the run
 */
export async function runtimeOfRun(
  { runtime, precision }: Pick<TrainConfig, 'runtime' | 'precision'>,
  choose = chooseRuntime,
): Promise<RuntimeDecision> {
  if (runtime !== 'auto' || precision !== 'bf16') return choose(runtime);
  try {
    return await choose('tensorflow');
  } catch (thrown) {
    if (!(thrown instanceof UserError)) throw thrown;
    throw new UserError(
      `"precision": "bf16" needs the runtime tensorflow; set it to "f32" to train with another. ${thrown.message}`,
      { cause: thrown },
    );
  }
}
