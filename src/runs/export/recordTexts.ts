const member =
  /[ \t\r\n]*[{,][ \t\r\n]*("[^"\\]*(?:\\.[^"\\]*)*")[ \t\r\n]*:[ \t\r\n]*([-+.\deE]+)/y;

/** A line of `scalars.jsonl` with its numbers as they are written. */
export type RecordTexts = ReadonlyMap<string, string>;

/**
 * Takes a line of `scalars.jsonl` apart without turning its numbers into others: what an export
 * holds is to the letter what the file holds.
 *
 * @returns undefined for what is no record
 */
export function recordTexts(line: Buffer): RecordTexts | undefined {
  const text = line.toString('utf8');
  if (!isRecord(text)) return undefined;
  const found = new Map<string, string>();
  member.lastIndex = 0;
  for (let match = member.exec(text); match !== null; match = member.exec(text)) {
    // The last of several, as everywhere.
    found.set(JSON.parse(match[1]) as string, match[2]);
  }
  return found;
}

/** The same lines are records for whoever reads curves. */
function isRecord(text: string): boolean {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // No JSON is no record.
    return false;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return false;
  if (!Object.values(parsed).every(Number.isFinite)) return false;
  const { step, time } = parsed as { step?: number; time?: number };
  return Number.isSafeInteger(step) && Number(step) >= 0 && time !== undefined;
}
