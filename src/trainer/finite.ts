import { UserError } from '../shared/userError';

/** Training produced NaN or Infinity; the message names step, layer and quantity. */
export class NonFiniteError extends UserError {
  constructor(step: number, what: string) {
    super(
      `Step ${step}: ${what}. Training stopped and no checkpoint was made of this state; any in the folder is older. Start a run with a lower learning rate or another seed.`,
    );
  }
}

/** 'NaN' or 'Infinity' when the values hold one. */
export function firstNonFinite(values: ArrayLike<number>): 'NaN' | 'Infinity' | undefined {
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) return Number.isNaN(values[i]) ? 'NaN' : 'Infinity';
  }
  return undefined;
}

/** Whether images hold a value that no pixel can show. */
export function holdsNonFinite(values: ArrayLike<number>): boolean {
  return firstNonFinite(values) !== undefined;
}

/**
 * Refuses to go on with values that cannot be logged.
 *
 * @throws NonFiniteError naming the first tag, which holds the layer
 */
export function assertFiniteScalars(values: Readonly<Record<string, number>>, step: number): void {
  for (const [tag, value] of Object.entries(values)) {
    if (!Number.isFinite(value)) throw new NonFiniteError(step, `${tag} is ${value}`);
  }
}

/**
 * Refuses an array of a state that is not finite, so that a checkpoint is always a good one.
 *
 * @throws NonFiniteError naming the array
 */
export function assertFiniteArray(name: string, values: Float32Array, step: number): void {
  const found = firstNonFinite(values);
  if (found) throw new NonFiniteError(step, `the array ${name} contains ${found}`);
}
