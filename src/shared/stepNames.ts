/** Names of files that are made at a step; apart from the schemas, so that pages stay small. */

/** `step-000100`: the stem of sample grids and checkpoints; longer numbers simply grow. */
export function stepStem(step: number): string {
  return `step-${String(step).padStart(6, '0')}`;
}

/** The step in a name made by {@link stepStem} plus an extension, or undefined. */
export function stepOfName(name: string): number | undefined {
  const match = /^step-(\d{6,})\.[a-z]+$/.exec(name);
  return match ? Number(match[1]) : undefined;
}
