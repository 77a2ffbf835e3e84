import { takesText } from '../shared/configKeys';
import { UserError } from '../shared/userError';

/** One `--set key=value`. */
export interface Override {
  /** As it was given, for messages. */
  readonly text: string;
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * Parses `key=value` with a dotted key. The value is JSON where it can be read as such, else a
 * text: `32`, `true`, `null`, `./photos`. A key that takes a text takes it as it stands, so that
 * `name=2024` needs no quotes.
 *
 * @throws UserError where there is no key or no `=`
 */
export function parseOverride(text: string): Override {
  const equals = text.indexOf('=');
  const path = text.slice(0, Math.max(0, equals)).trim().split('.');
  if (path.some((key) => key === '')) {
    throw new UserError(
      `--set "${text}" is not of the form key=value; write for example --set batch.discriminator=32.`,
    );
  }
  return { text, path, value: parseValue(text.slice(equals + 1), takesText(path)) };
}

function parseValue(text: string, isText: boolean): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return isText && typeof value !== 'string' ? text : value;
  } catch {
    return text;
  }
}

/** A copy of what a config file holds with the overrides put in, the last one winning. */
export function applyOverrides(file: unknown, overrides: readonly Override[]): unknown {
  return overrides.reduce((result, { path, value }) => replaced(result, path, value), file);
}

function replaced(container: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  const isSection =
    typeof container === 'object' && container !== null && !Array.isArray(container);
  const entries = new Map(isSection ? Object.entries(container) : []);
  entries.set(key, rest.length === 0 ? value : replaced(entries.get(key), rest, value));
  return Object.fromEntries(entries);
}
