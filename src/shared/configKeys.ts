import { distance } from 'fastest-levenshtein';
import { configJsonSchema } from './config';

/** The keys of a config file and what each may hold, in words; read from the JSON Schema. */

interface SchemaNode {
  readonly type?: string;
  readonly enum?: readonly (string | number)[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly anyOf?: readonly SchemaNode[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
}

const root: SchemaNode = configJsonSchema();

/** What the schema says at a path; undefined where no such key is. */
function nodeAt(path: readonly string[]): SchemaNode | undefined {
  let node: SchemaNode | undefined = root;
  for (const key of path) {
    const properties: SchemaNode['properties'] = node?.properties;
    node = properties && Object.hasOwn(properties, key) ? properties[key] : undefined;
  }
  return node;
}

/** The keys of the section at a path, `[]` being the whole file. */
export function keysOf(section: readonly string[]): string[] {
  return Object.keys(nodeAt(section)?.properties ?? {}).filter((key) => key !== '$schema');
}

/** Whether the key at a path takes a text of any or a few kinds. */
export function takesText(path: readonly string[]): boolean {
  return nodeAt(path)?.type === 'string';
}

/** The values among which the key at a path chooses, if it does. */
export function choicesOf(path: readonly string[]): readonly (string | number)[] | undefined {
  return nodeAt(path)?.enum;
}

/** What the key at a path may hold: `a whole number from 1 to 4096`, `area or lanczos`. */
export function allowedAt(path: readonly string[]): string {
  const node = nodeAt(path);
  return node ? allowed(node) : 'left out';
}

function allowed(node: SchemaNode): string {
  if (node.anyOf) return list(node.anyOf.map(allowed), 'or');
  if (node.enum) return list(node.enum.map(String), 'or');
  switch (node.type) {
    case 'object':
      return `an object with some of the keys ${list(Object.keys(node.properties ?? {}), 'and')}`;
    case 'boolean':
      return 'true or false';
    case 'string':
      return allowedText(node);
    case 'integer':
      return `a whole number${range(node)}`;
    case 'number':
      return `a number${range(node)}`;
    case undefined:
    default:
      return String(node.type);
  }
}

function allowedText({ minLength, maxLength }: SchemaNode): string {
  if (maxLength !== undefined) return `a text of ${minLength ?? 0} to ${maxLength} characters`;
  return minLength === undefined ? 'a text' : 'a text that is not empty';
}

function range(node: SchemaNode): string {
  const { minimum, exclusiveMinimum, exclusiveMaximum } = node;
  // The schema writes the bounds of exact integers where a whole number has no bound of its own.
  const maximum = node.maximum === Number.MAX_SAFE_INTEGER ? undefined : node.maximum;
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`;
  const bounds = [
    ...(minimum === undefined ? [] : [`of at least ${minimum}`]),
    ...(exclusiveMinimum === undefined ? [] : [`above ${exclusiveMinimum}`]),
    ...(maximum === undefined ? [] : [`of at most ${maximum}`]),
    ...(exclusiveMaximum === undefined ? [] : [`below ${exclusiveMaximum}`]),
  ];
  return bounds.length === 0 ? '' : ` ${bounds.join(' and ')}`;
}

/** `a, b and c` */
export function list(words: readonly string[], conjunction: 'and' | 'or'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${conjunction} ${words[words.length - 1]}`;
}

/**
 * The key of any section that is spelt most like an unknown one: `learning_rate` at the top finds
 * `optimizer.learningRate`. Undefined where none is like it.
 */
export function nearestKey(unknown: readonly string[]): string | undefined {
  const candidates = keysOf([]).flatMap((key) => [
    [key],
    ...keysOf([key]).map((inner) => [key, inner]),
  ]);
  return nearest(unknown, candidates, (a, b) => {
    // Of two keys of the same spelling, the one of the same section.
    const elsewhere = a.length === b.length && (a.length === 1 || a[0] === b[0]) ? 0 : 0.5;
    return spellingDistance(a[a.length - 1], b[b.length - 1]) + elsewhere;
  })?.join('.');
}

/** The choice that is spelt most like an unknown one; undefined where none is like it. */
export function nearestChoice(
  unknown: string,
  choices: readonly (string | number)[],
): string | undefined {
  return nearest(unknown, choices.map(String), spellingDistance);
}

function nearest<T extends string | readonly string[]>(
  wanted: T,
  candidates: readonly T[],
  distanceOf: (a: T, b: T) => number,
): T | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, far: distanceOf(wanted, candidate) }))
    .sort((a, b) => a.far - b.far);
  const best = ranked.at(0);
  return best && Number.isFinite(best.far) ? best.candidate : undefined;
}

/** Parts of words shorter than this are found in too many others. */
const TELLING_LENGTH = 3;

/**
 * Edits between two words, whatever their case and separators. A word that begins or ends with the
 * other is nearly it (`batchSize` and `batch`); words that differ in more than two fifths of their
 * letters are not like each other.
 */
function spellingDistance(a: string, b: string): number {
  const [x, y] = [a, b].map((word) => word.toLowerCase().replace(/[^\p{L}\p{N}.]/gu, ''));
  const edits = distance(x, y);
  const [short, long] = x.length < y.length ? [x, y] : [y, x];
  const contained = short.length >= TELLING_LENGTH;
  if (contained && long.startsWith(short)) return Math.min(edits, 1);
  if (contained && long.endsWith(short)) return Math.min(edits, 2);
  return edits <= Math.max(1, Math.floor(0.4 * x.length)) ? edits : Infinity;
}
