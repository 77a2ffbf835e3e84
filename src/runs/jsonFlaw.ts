export interface JsonLimits {
  /** How deep objects and arrays may lie in each other. */
  readonly depth: number;
  /** How many keys all objects may have together. */
  readonly keys: number;
  /** How many values there may be in all, apart from the first of each object and array. */
  readonly values: number;
}

/**
 * Looks a JSON text over before it is parsed, in one pass and little memory, for what `JSON.parse`
 * does not mind: nesting or numbers of keys that fill gigabytes, and a key that an object has twice,
 * of which it keeps the last, so that two readers could see two things in one file.
 *
 * @returns what is wrong, or undefined; text that is no JSON may also get undefined
 * @throws SyntaxError for a key with a bad escape sequence
 */
export function jsonFlaw(json: string, limits: JsonLimits): string | undefined {
  /** Keys of the objects that are open at this place; undefined for an array. */
  const open: (Set<string> | undefined)[] = [];
  let keyCount = 0;
  let valueCount = 0;
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (character === '{') open.push(new Set());
    if (character === '[') open.push(undefined);
    if (open.length > limits.depth) return `is nested deeper than ${limits.depth} levels`;
    if (character === '}' || character === ']') open.pop();
    if (character === ',' && ++valueCount > limits.values) {
      return `has more than ${limits.values} values`;
    }
    if (character !== '"') continue;
    const end = endOfString(json, i);
    const keys = open.at(-1);
    if (keys !== undefined && isFollowedByColon(json, end)) {
      const key = JSON.parse(json.slice(i, end)) as string;
      if (keys.has(key)) return `has the name ${shortened(key)} twice`;
      if (++keyCount > limits.keys) return `has more than ${limits.keys} keys`;
      keys.add(key);
    }
    i = end - 1;
  }
  return undefined;
}

/** A text from a file, fit for a message: control characters escaped, length bounded. */
export function shortened(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

/** Index after the closing quote of the string that begins at `start`, or after the text. */
function endOfString(json: string, start: number): number {
  let i = start + 1;
  while (i < json.length && json[i] !== '"') i += json[i] === '\\' ? 2 : 1;
  return i + 1;
}

function isFollowedByColon(json: string, from: number): boolean {
  let i = from;
  while (' \t\r\n'.includes(json[i] ?? 'x')) i++;
  return json[i] === ':';
}
