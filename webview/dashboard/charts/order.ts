/** Puts named things in an order; those that it does not name keep their places after the others. */
export function ordered<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  order: readonly string[],
): T[] {
  const rank = (item: T): number => {
    const at = order.indexOf(nameOf(item));
    return at < 0 ? order.length : at;
  };
  return [...items].sort((a, b) => rank(a) - rank(b));
}

/**
 * An order in which one name stands before another.
 *
 * @param names the neighbours, in their present order
 * @param before undefined: to the end
 * @param order of everything, neighbours and others
 */
export function moved(
  names: readonly string[],
  name: string,
  before: string | undefined,
  order: readonly string[],
): string[] {
  const others = names.filter((other) => other !== name);
  const at = before === undefined ? -1 : others.indexOf(before);
  others.splice(at < 0 ? others.length : at, 0, name);
  return [...others, ...order.filter((other) => !others.includes(other))];
}
