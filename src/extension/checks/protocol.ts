import type { ConfigCheckOptions, ConfigFinding } from '../../cli/configChecks';
import type { ConfigOrigin } from '../../cli/configFile';
import type { ConfigFile, TrainConfig } from '../../shared/config';
import type { ImagesSeen } from './lookAtImages';

/** What the thread that looks at configs and images can be asked. */
export interface Checks {
  /** A config from its file, completed and with absolute paths. */
  readonly readConfig: (origin: ConfigOrigin) => Promise<TrainConfig>;
  /** What is wrong with a config's text beyond its schema. */
  readonly checkConfigText: (
    text: string,
    options: ConfigCheckOptions,
  ) => Promise<readonly ConfigFinding[]>;
  /** The config that a text makes; undefined while it has mistakes. */
  readonly completeConfigText: (
    text: string,
    settings: ConfigFile,
  ) => Promise<TrainConfig | undefined>;
  /** What a source of images holds, from a look at its beginning. */
  readonly lookAtImages: (source: string) => Promise<ImagesSeen>;
}

/** One call, as it goes to the thread. */
export interface Call {
  readonly id: number;
  readonly method: keyof Checks;
  readonly args: readonly unknown[];
}

/** Its answer: errors travel as values, because only their messages survive the way. */
export type Answer =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly refusal: string }
  | { readonly id: number; readonly defect: string };
