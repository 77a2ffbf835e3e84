import { checkConfigText } from '../../cli/configChecks';
import { readConfig } from '../../cli/configFile';
import { messageOf, UserError } from '../../shared/userError';
import { completeConfigText } from './completeConfigText';
import { lookAtImages } from './lookAtImages';
import type { Answer, Call, Checks } from './protocol';

const checks: Checks = { readConfig, checkConfigText, completeConfigText, lookAtImages };

/** Carries a call out; whatever it throws becomes part of the answer. */
export async function answer({ id, method, args }: Call): Promise<Answer> {
  try {
    const run: (...args: never[]) => Promise<unknown> = checks[method];
    return { id, value: await run(...(args as never[])) };
  } catch (thrown) {
    if (thrown instanceof UserError) return { id, refusal: thrown.message };
    return { id, defect: thrown instanceof Error ? (thrown.stack ?? '') : messageOf(thrown) };
  }
}
