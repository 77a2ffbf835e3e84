import path from 'node:path';
import { builtInName } from '../data/sources/builtIn';
import { resolveConfig } from '../gan/presets';
import type { ConfigFile, TrainConfig } from '../shared/config';
import { configProblems } from '../shared/configErrors';
import { UserError } from '../shared/userError';
import { parseConfigText, type ConfigText, type Place } from './configText';
import { sourceObjection } from './dataSource';

/** Something about a config's text that a JSON schema cannot say. */
export interface ConfigFinding extends Place {
  /** `error`: this config cannot be trained. `information`: it can, and a key has no effect. */
  readonly severity: 'error' | 'warning' | 'information';
  /** The key that it is about, for example `data.source`. */
  readonly key: string;
  /** One sentence or two. */
  readonly message: string;
}

export interface ConfigCheckOptions {
  /** Folder of the file, at which its relative paths start. */
  readonly folder: string;
  /** The user's own defaults, as for `readConfig`. */
  readonly settings?: ConfigFile;
  /**
   * Whether to look at the disk. Not for a file that nobody trusts: a path of another machine in
   * it would be connected to.
   */
  readonly disk: boolean;
}

/**
 * Checks a config's text for what its JSON schema cannot say: images that are not there, keys
 * without effect, and a precision that the runtime lacks. Mistakes that the schema finds are left
 * to it; the keys that they concern are passed over, and all others are checked.
 *
 * @returns the findings in the order of the text
 */
export async function checkConfigText(
  text: string,
  options: ConfigCheckOptions,
): Promise<ConfigFinding[]> {
  const parsed = parsedOrUndefined(text);
  if (!isSection(parsed?.value)) return [];
  const written = withoutMistakes(parsed.value);
  const config = resolveConfig(written, options.settings);
  const objections = [
    ...idleKeys(config),
    ...precisionOnRuntime(config),
    ...(options.disk ? await atSource(config, options) : []),
  ];
  return objections
    .flatMap(({ key, ...objection }): ConfigFinding[] => {
      const place = isWritten(written, key) && parsed.placeOf(key, false);
      return place ? [{ ...place, ...objection, key: key.join('.') }] : [];
    })
    .sort((a, b) => a.offset - b.offset);
}

interface Objection {
  readonly severity: ConfigFinding['severity'];
  /** One name, or a section and a name. */
  readonly key: readonly string[];
  readonly message: string;
}

async function atSource(
  { data: { source } }: TrainConfig,
  { folder }: ConfigCheckOptions,
): Promise<Objection[]> {
  if (source === builtInName) return [];
  const message = await sourceObjection(path.resolve(folder, source));
  return message === undefined ? [] : [{ severity: 'error', key: ['data', 'source'], message }];
}

/**
 * Keys that come too late to have an effect. Only those that the text itself has are shown: that
 * a short run ends before an interval of its preset is nothing to change.
 */
function idleKeys({ steps, samples, checkpoints, log, optimizer, ema }: TrainConfig): Objection[] {
  const end = `the run ends at step ${steps}`;
  const decay = optimizer.decayFrom;
  const late: readonly [isLate: boolean, key: Objection['key'], effect: string][] = [
    [samples.every > steps, ['samples', 'every'], `only the first and the last grid are drawn`],
    [checkpoints.every > steps, ['checkpoints', 'every'], `only the last checkpoint is made`],
    [log.every > steps, ['log', 'every'], `only the first and the last step are logged`],
    // The rate falls in the steps after this one, and the last step is steps - 1, counted from 0.
    [
      decay !== null && decay >= steps - 1,
      ['optimizer', 'decayFrom'],
      'the learning rate never falls',
    ],
    [ema.decay > 0 && ema.from >= steps, ['ema', 'from'], 'the weights of G are never averaged'],
  ];
  return late
    .filter(([isLate]) => isLate)
    .map(([, key, effect]) => ({
      severity: 'information',
      key,
      message: `"${key.join('.')}" has no effect: ${end}, so ${effect}.`,
    }));
}

function precisionOnRuntime({ precision, runtime }: TrainConfig): Objection[] {
  if (precision !== 'bf16' || runtime === 'auto' || runtime === 'tensorflow') return [];
  const message = `"precision": "bf16" needs the runtime tensorflow, but "runtime" is "${runtime}": set "precision" to "f32", or "runtime" to "tensorflow".`;
  return [{ severity: 'error', key: ['precision'], message }];
}

/** Undefined for text that is nested too deeply to be looked at. */
function parsedOrUndefined(text: string): ConfigText | undefined {
  try {
    // Some editors of Windows begin a text with a byte order mark; places must stay where they are.
    return parseConfigText(text.replace(/^\uFEFF/, ' '), 'the config');
  } catch (thrown) {
    if (thrown instanceof UserError) return undefined;
    throw thrown;
  }
}

/** What is valid of what was read; every key of a config may be left out. */
function withoutMistakes(value: object): ConfigFile {
  const mistaken = configProblems(value).map(({ path: key }) => key);
  const kept = (section: object, at: readonly string[]): object =>
    Object.fromEntries(
      Object.entries(section).flatMap(([name, inner]: [string, unknown]): [string, unknown][] => {
        const key = [...at, name];
        if (mistaken.some((other) => other.join('\0') === key.join('\0'))) return [];
        return [[name, isSection(inner) ? kept(inner, key) : inner]];
      }),
    );
  return kept(value, []);
}

function isWritten(written: object, key: readonly string[]): boolean {
  return (
    key.reduce<unknown>(
      (section, name) => (isSection(section) ? section[name] : undefined),
      written,
    ) !== undefined
  );
}

function isSection(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
