import { UserError } from '../shared/userError';
import type { Convolution } from './convolution';
import { type LinearMap, convolutionMap } from './convolutionMap';
import { type RitzPair, leadingRitzPair } from './lanczos';
import { powerOfTwoBelow } from './matrix';
import { paced } from './pace';
import { mixedStart, randomStart } from './randomStart';

/** How far to go. */
export interface OperatorNormLimits {
  /** Of the value, relative to it: where the residual is below this, the search ends. */
  readonly tolerance: number;
  /** How often the convolution and its adjoint are applied at most. */
  readonly applications: number;
  /** Called about every 20 ms; may throw to end the work. */
  readonly check?: () => void;
  /**
   * What is known of the first singular vector, on the smaller side: of as many values as the input
   * or the output has, whichever is fewer (the input, if equal).
   */
  readonly guess?: Float64Array;
  /**
   * How many values the search may hold; by default 2^25, or 256 MB. With too few to hold a vector for
   * each application it begins again with what it has, and takes longer.
   */
  readonly memory?: number;
}

const MEMORY = 2 ** 25;
/** Fewer vectors than this are no better than power iteration. */
const FEWEST_VECTORS = 6;

export interface OperatorNorm {
  /** Never above the norm, but for rounding. */
  readonly value: number;
  /** A singular value lies no further than this from `value`, relative to it. */
  readonly residual: number;
  readonly applications: number;
  /** The singular vector that was found, on the smaller side; a guess for a similar weight. */
  readonly vector: Float64Array;
}

/**
 * The norm of a convolution, also a transposed one, as the linear map that it is at its stride,
 * padding and input size: the root of the largest eigenvalue of A^T A or A A^T, whichever is
 * smaller, by Lanczos' method from a random start. The residual proves that there is a singular
 * value so near; that it is the largest is as certain as that a random vector is not orthogonal
 * to the first singular vector.
 *
 * @throws UserError if the geometry is impossible or a weight is not finite
 */
export function operatorNorm(c: Convolution, limits: OperatorNormLimits): OperatorNorm {
  if (!c.weight.every(Number.isFinite)) {
    throw new UserError('The weight holds values that are not finite, so it has no norm.');
  }
  const scale = powerOfTwoBelow(c.weight);
  const weight = scale === 0 ? c.weight : c.weight.map((value) => value / scale);
  const map = convolutionMap({ ...c, weight }, paced(limits.check));
  const length = Math.min(map.inputs, map.outputs);
  const start = limits.guess ? mixedStart(length, limits.guess) : randomStart(length);
  if (scale === 0) return { value: 0, residual: 0, applications: 0, vector: start };
  let applications = 0;
  const square = gramOf(map);
  const { value, vector, residual } = restartedSearch(
    (x) => {
      applications++;
      return square(x);
    },
    start,
    limits,
  );
  const relative = value > 0 ? Math.min(1, residual / value) : 0;
  return {
    value: scale * Math.sqrt(value),
    // The eigenvalue nearby is at least (1 - relative) value, and the root is steepest there.
    residual: relative / (1 + Math.sqrt(1 - relative)),
    applications,
    vector,
  };
}

/** Lanczos' method, begun again from its best vector whenever its memory is full. */
function restartedSearch(
  square: LinearMap['apply'],
  start: Float64Array,
  { tolerance, applications, memory = MEMORY }: OperatorNormLimits,
): RitzPair {
  const vectors = Math.max(FEWEST_VECTORS, Math.floor(memory / start.length));
  // An error of the square is twice that of its root.
  const residual = 2 * tolerance;
  for (let left = applications, from = start; ; left -= vectors) {
    const pair = leadingRitzPair(square, from, { residual, applications: Math.min(left, vectors) });
    if (left <= vectors || !(pair.residual > residual * pair.value)) return pair;
    from = pair.vector;
  }
}

function gramOf({ inputs, outputs, apply, applyTransposed }: LinearMap): LinearMap['apply'] {
  return inputs <= outputs ? (x) => applyTransposed(apply(x)) : (y) => apply(applyTransposed(y));
}
