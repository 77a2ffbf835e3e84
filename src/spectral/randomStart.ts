import { RandomStream, randomPurpose } from '../shared/random';
import { euclideanNorm } from './matrix';

/**
 * A Gaussian vector for an iteration to begin at: as good as surely not orthogonal to the singular
 * vector that is sought, and the same each time, so that every result can be had again.
 */
export function randomStart(length: number, seed = 0): Float64Array {
  return Float64Array.from(new RandomStream(seed, randomPurpose.powerIteration).normals(length));
}

/**
 * Half a guess, half random, so that a bad guess cannot hide the largest singular value.
 *
 * @param guess is left out where it is not finite or has another length
 */
export function mixedStart(length: number, guess: Float32Array | Float64Array): Float64Array {
  const random = randomStart(length);
  const known = Float64Array.from(guess);
  if (known.length !== length || !known.every(Number.isFinite)) return random;
  const lengths = [euclideanNorm(random), euclideanNorm(known) || 1];
  return random.map((value, i) => value / lengths[0] + known[i] / lengths[1]);
}
