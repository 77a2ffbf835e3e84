import { parseConfigText } from '../../cli/configText';
import { resolveConfig } from '../../gan/presets';
import type { ConfigFile, TrainConfig } from '../../shared/config';
import { configProblems } from '../../shared/configErrors';
import { UserError } from '../../shared/userError';

/**
 * The complete config that a text makes, with its paths as they are written there; undefined while
 * it has mistakes.
 *
 * @param settings the person's own defaults
 */
export function completeConfigText(
  text: string,
  settings: ConfigFile,
): Promise<TrainConfig | undefined> {
  try {
    const { value, problems } = parseConfigText(text.replace(/^\uFEFF/, ' '), 'the config');
    const isSound = problems.length === 0 && configProblems(value).length === 0;
    return Promise.resolve(isSound ? resolveConfig(value as ConfigFile, settings) : undefined);
  } catch (thrown) {
    if (thrown instanceof UserError) return Promise.resolve(undefined);
    throw thrown;
  }
}
