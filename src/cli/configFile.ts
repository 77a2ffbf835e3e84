import path from 'node:path';
import { resolveConfig } from '../gan/presets';
import { readSmallText } from '../runs/regularFile';
import type { ConfigFile, TrainConfig } from '../shared/config';
import { configProblems, type ConfigProblem } from '../shared/configErrors';
import { UserError } from '../shared/userError';
import { builtInName } from '../data/sources/builtIn';
import { missingSource } from './dataSource';
import { parseConfigText, type ConfigText } from './configText';
import { applyOverrides, parseOverride, type Override } from './overrides';

const MAX_CONFIG_BYTES = 1024 * 1024;

/** Where the settings of a run come from. */
export interface ConfigOrigin {
  /** A `*.sngan.json` file; without one everything comes from `base` and defaults. */
  readonly file?: string | undefined;
  /** Settings below those of the command line where there is no file. */
  readonly base?: ConfigFile;
  /** A user's own defaults: stronger than presets, weaker than `base`, the file and overrides. */
  readonly settings?: ConfigFile | undefined;
  /** `key=value` of the command line, stronger than the file. */
  readonly overrides: readonly string[];
  /** Where relative paths start that are not the file's; the current folder unless given. */
  readonly from?: string;
}

/**
 * Reads a config file, puts the command line's overrides in, and completes it from the user's
 * settings, its preset and the defaults. Paths become absolute: `data.source` of a file starts at
 * the file's folder, whatever comes from elsewhere at `from`.
 *
 * @throws UserError naming every mistake with key, value, what is allowed, file and line
 */
export async function readConfig(origin: ConfigOrigin): Promise<TrainConfig> {
  const { file, base = {}, settings = {}, from = '' } = origin;
  const text = file === undefined ? undefined : await readConfigText(file);
  const overrides = origin.overrides.map(parseOverride);
  const written = text ? text.value : base;
  refuse([
    ...(file !== undefined && text ? mistakesOfFile(file, text) : []),
    ...configProblems(applyOverrides({}, overrides)).map((problem) =>
      located(problem, origin, text, overrides),
    ),
    ...configProblems(settings).map(({ message }) => `Settings: ${message}`),
  ]);

  // All are valid by themselves, and so is one with another put in.
  const config = resolveConfig(applyOverrides(written, overrides) as ConfigFile, settings);
  const ofFile = text?.placeOf(sourceKey, false) && !overrideOf(sourceKey, overrides);
  const folder = file !== undefined && ofFile ? path.dirname(file) : from;
  const source = await foundSource(config.data.source, folder, (message) =>
    located({ path: sourceKey, atKey: false, message }, origin, text, overrides),
  );
  const runsFolder = path.resolve(from, config.runsFolder);
  return { ...config, data: { ...config.data, source }, runsFolder };
}

const sourceKey = ['data', 'source'];

/** A text that is broken would bring further mistakes that nobody made. */
function mistakesOfFile(file: string, text: ConfigText): string[] {
  if (text.problems.length === 0) {
    const problems = configProblems(text.value);
    const offsetOf = ({ path: key, atKey }: ConfigProblem): number =>
      text.placeOf(key, atKey)?.offset ?? 0;
    return problems
      .sort((a, b) => offsetOf(a) - offsetOf(b))
      .map((problem) => located(problem, { file }, text, []));
  }
  return text.problems.map(({ line, column, message }) => `${file}:${line}:${column}: ${message}`);
}

async function readConfigText(file: string): Promise<ConfigText> {
  const text = await readSmallText(file, MAX_CONFIG_BYTES);
  // Some editors of Windows begin a text with a byte order mark.
  return parseConfigText(text.replace(/^\uFEFF/, ''), file);
}

/** The sentence with the place where the mistake was made before it. */
function located(
  { path: key, atKey, message }: ConfigProblem,
  { file }: Pick<ConfigOrigin, 'file'>,
  text: ConfigText | undefined,
  overrides: readonly Override[],
): string {
  const override = overrideOf(key, overrides);
  if (override) return `--set ${override.text}: ${message}`;
  const place = text?.placeOf(key, atKey);
  if (place) return `${file}:${place.line}:${place.column}: ${message}`;
  return file === undefined ? message : `${file}: ${message}`;
}

/** The last override of a key, of the section it is in, or of something in it. */
function overrideOf(key: readonly string[], overrides: readonly Override[]): Override | undefined {
  return overrides.findLast(({ path: set }) =>
    set.every((part, i) => i >= key.length || part === key[i]),
  );
}

/** @throws UserError with all sentences where there are any */
function refuse(sentences: readonly string[]): void {
  if (sentences.length === 0) return;
  if (sentences.length === 1) throw new UserError(sentences[0]);
  const lines = sentences.map((sentence) => `  ${sentence}`);
  throw new UserError([`The config has ${sentences.length} mistakes:`, ...lines].join('\n'));
}

/** The absolute path of the images, checked to exist so that no run is made for nothing. */
async function foundSource(
  source: string,
  folder: string,
  say: (message: string) => string,
): Promise<string> {
  if (source === builtInName) return source;
  const absolute = path.resolve(folder, source);
  const problem = await missingSource(absolute);
  if (problem !== undefined) throw new UserError(say(problem));
  return absolute;
}
