/** The number of steps that was typed, with or without marks between thousands; undefined: none. */
export function parseSteps(text: string, done: number): number | undefined {
  const digits = text.replace(/[\s.,'_\u00a0\u202f]/g, '');
  const steps = /^\d+$/.test(digits) ? Number(digits) : NaN;
  return Number.isSafeInteger(steps) && steps > done ? steps : undefined;
}
