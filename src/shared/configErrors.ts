import type { z } from 'zod';
import { configFileSchema } from './config';
import { allowedAt, choicesOf, keysOf, list, nearestChoice, nearestKey } from './configKeys';

/** One mistake in a config file. */
export interface ConfigProblem {
  /** The key, from the outermost section inward; empty for the file as a whole. */
  readonly path: readonly string[];
  /** Whether the key itself is the mistake, not its value. */
  readonly atKey: boolean;
  /** One sentence: the key, its value, what is allowed, and the nearest that is valid. */
  readonly message: string;
}

/** Values are quoted in messages up to this length. */
const MAX_SHOWN = 60;

/** Every mistake that the schema finds in what was read from a config file, in its order. */
export function configProblems(file: unknown): ConfigProblem[] {
  const parsed = configFileSchema.safeParse(file);
  if (parsed.success) return [];
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, file));
  // A value can break two rules at once, and the sentence names all rules of its key.
  return problems.filter(
    ({ message }, i) => problems.findIndex((other) => other.message === message) === i,
  );
}

function problemsOf(issue: z.core.$ZodIssue, file: unknown): ConfigProblem[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownKey([...path, key], file));
  }
  return [wrongValue(path, valueAt(file, path))];
}

function unknownKey(path: readonly string[], file: unknown): ConfigProblem {
  const section = path.slice(0, -1);
  const near = nearestKey(path);
  const where = section.length === 0 ? 'a config' : `"${section.join('.')}"`;
  const help =
    near === undefined
      ? `the keys of ${where} are ${list(keysOf(section), 'and')}`
      : `the nearest is "${near}"`;
  const value = shownValue(valueAt(file, path));
  return { path, atKey: true, message: `There is no key "${path.join('.')}" (${value}); ${help}.` };
}

function wrongValue(path: readonly string[], value: unknown): ConfigProblem {
  const name = path.length === 0 ? 'The config' : `"${path.join('.')}"`;
  const choices = choicesOf(path);
  const near = choices && typeof value === 'string' ? nearestChoice(value, choices) : undefined;
  const help = near === undefined ? '' : `; the nearest is ${near}`;
  const message = `${name} is ${shownValue(value)}, but it must be ${allowedAt(path)}${help}.`;
  return { path, atKey: false, message };
}

function valueAt(file: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined,
    file,
  );
}

function shownValue(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text;
}
