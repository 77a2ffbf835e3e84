/**
 * The first key that occurs twice in one object of a JSON text, or undefined. `JSON.parse` keeps
 * the last of them silently, so a file could show one reader something else than another.
 *
 * @param json text that `JSON.parse` has accepted
 */
export function repeatedKey(json: string): string | undefined {
  /** Keys of the objects that are open at this place; undefined for an array. */
  const open: (Set<string> | undefined)[] = [];
  for (let i = 0; i < json.length; i++) {
    const character = json[i];
    if (character === '{') open.push(new Set());
    if (character === '[') open.push(undefined);
    if (character === '}' || character === ']') open.pop();
    if (character !== '"') continue;
    const end = endOfString(json, i);
    const keys = open.at(-1);
    if (keys !== undefined && isFollowedByColon(json, end)) {
      const key = JSON.parse(json.slice(i, end)) as string;
      if (keys.has(key)) return key;
      keys.add(key);
    }
    i = end - 1;
  }
  return undefined;
}

/** Index after the closing quote of the string that begins at `start`. */
function endOfString(json: string, start: number): number {
  let i = start + 1;
  while (json[i] !== '"') i += json[i] === '\\' ? 2 : 1;
  return i + 1;
}

function isFollowedByColon(json: string, from: number): boolean {
  let i = from;
  while (' \t\r\n'.includes(json[i] ?? 'x')) i++;
  return json[i] === ':';
}
