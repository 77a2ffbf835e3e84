const MAX_FLAWS = 20;

/** Flaws of a file as a list that can be read: the first ones, and how many more there are. */
export function fewFlaws(flaws: readonly string[]): string[] {
  if (flaws.length <= MAX_FLAWS) return [...flaws];
  return [
    ...flaws.slice(0, MAX_FLAWS),
    `${flaws.length - MAX_FLAWS} more such entries were left out.`,
  ];
}
