import type { TrainConfig } from '../shared/config';

/** A key that two configs do not agree on. */
export interface ConfigChange {
  /** With its section, for example `optimizer.beta1`. */
  readonly key: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Every key that has another value after than before, in the order of the config. */
export function configChanges(before: TrainConfig, after: TrainConfig): ConfigChange[] {
  const earlier = new Map(leaves(before));
  return leaves(after)
    .map(([key, value]) => ({ key, before: earlier.get(key), after: value }))
    .filter((change) => change.before !== change.after);
}

function leaves(section: object, prefix = ''): [key: string, value: unknown][] {
  return Object.entries(section).flatMap(([name, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? leaves(value, `${prefix}${name}.`)
      : [[`${prefix}${name}`, value] as [string, unknown]],
  );
}
