import type { RunView } from '../../../src/shared/dashboard';
import { flattenSettings } from '../../../src/shared/flattenSettings';

/** One key of the configs of several runs. */
export interface ConfigRow {
  /** `optimizer.learningRate` */
  readonly key: string;
  /** In the order of the runs, as JSON writes them; undefined where a run lacks it. */
  readonly values: readonly (string | undefined)[];
  /** Whether the runs whose config can be read disagree. */
  readonly differs: boolean;
}

/** Every run has its own name and place; that they differ says nothing. */
const ownKeys = new Set(['name', 'runsFolder']);

/** The keys of the runs' configs, in the order of the configs. */
export function compareConfigs(configs: readonly RunView['config'][]): ConfigRow[] {
  const flat = configs.map((config) => flattenSettings(config));
  const keys = [...new Set(flat.flatMap((one) => [...one.keys()]))];
  return keys
    .filter((key) => !ownKeys.has(key))
    .map((key) => {
      const values = flat.map((one) => one.get(key));
      const readable = values.filter((_, i) => configs[i] !== undefined);
      return { key, values, differs: new Set(readable).size > 1 };
    });
}
