/**
 * Reads what was kept by an older or newer version of the page. Each value is taken by itself: what
 * does not fit becomes its default and spoils nothing else.
 */

export type Fields = Readonly<Record<string, unknown>>;

/** The fields of an object; none of anything else. */
export function fieldsOf(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

/** Whether a value has named fields. */
export function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A finite number between two bounds. */
export function numberOr<T>(
  value: unknown,
  fallback: T,
  min = -Infinity,
  max = Infinity,
): number | T {
  const fits = typeof value === 'number' && Number.isFinite(value) && value >= min && value <= max;
  return fits ? value : fallback;
}

export function booleanOr<T>(value: unknown, fallback: T): boolean | T {
  return typeof value === 'boolean' ? value : fallback;
}

/** The strings among the items of an array; the fallback where there is no array. */
export function stringsOr<T>(value: unknown, fallback: T): readonly string[] | T {
  if (!Array.isArray(value)) return fallback;
  return value.filter((item): item is string => typeof item === 'string');
}

/** One of a few words. */
export function oneOf<T extends string>(value: unknown, words: readonly T[], fallback: T): T {
  return words.find((word) => word === value) ?? fallback;
}

/** Every field that a reading makes something of. */
export function recordOf<T>(
  value: unknown,
  read: (field: unknown) => T | undefined,
): Readonly<Record<string, T>> {
  const result: Record<string, T> = {};
  for (const [name, field] of Object.entries(fieldsOf(value))) {
    const made = read(field);
    if (made !== undefined) result[name] = made;
  }
  return result;
}
