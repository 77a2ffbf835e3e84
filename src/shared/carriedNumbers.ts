/**
 * Messages between the extension and its pages travel as JSON, apart from typed arrays, and JSON has
 * neither NaN nor infinities: a condition number of Infinity would arrive as null. They are carried
 * as words instead.
 */

const carried = 'nonFinite';
type Carried = Readonly<Record<typeof carried, string>>;

/** A message with its numbers fit to be carried; typed arrays are as they were. */
export function packNumbers(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return { [carried]: String(value) } satisfies Carried;
  }
  return mapParts(value, packNumbers);
}

/** The message that {@link packNumbers} was given; one that was not packed stays as it is. */
export function unpackNumbers(value: unknown): unknown {
  return isCarried(value) ? Number(value[carried]) : mapParts(value, unpackNumbers);
}

function isCarried(value: unknown): value is Carried {
  if (typeof value !== 'object' || value === null || !(carried in value)) return false;
  return typeof value[carried] === 'string' && Object.keys(value).length === 1;
}

function mapParts(value: unknown, change: (part: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(change);
  if (typeof value !== 'object' || value === null) return value;
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, change(part)]));
}
