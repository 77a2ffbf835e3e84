import type { IterationForm } from '../../../src/shared/inspectionQuestions';

/**
 * What theory says of power iteration, from the ratio lambda_2 / lambda_1 of the two largest
 * eigenvalues of W^T W and the angle at which it starts.
 */
export interface Rate {
  /** lambda_2 / lambda_1 = (sigma_2 / sigma_1)^2 */
  readonly ratio: number;
  /** Of the angle between the start and its first singular vector. */
  readonly startTangent: number;
}

/**
 * The tangent of the angle between v_t and the first right singular vector: at most
 * ratio^t times that of v_0. A start u_0 on the left becomes v_1 by one product with W^T, which is
 * half an iteration.
 *
 * @param t number of the iteration, from 1
 */
export function predictedTangent(
  { ratio, startTangent }: Rate,
  form: IterationForm,
  t: number,
): number {
  // Infinity times a power that has vanished would be NaN.
  if (startTangent === Infinity) return Infinity;
  return startTangent * ratio ** (form === 'gram' ? t : t - 0.5);
}

/**
 * How far ||W v_t|| is below sigma_1 at most, as a share of it: 1 - cos of that angle, which is
 * about half its square and so falls like ratio^(2t).
 */
export function predictedError(rate: Rate, form: IterationForm, t: number): number {
  const tangent = predictedTangent(rate, form, t);
  if (tangent === Infinity) return 1;
  const secant = Math.hypot(1, tangent);
  // 1 - 1 / secant without the cancellation of small angles.
  return tangent ** 2 / (secant * (secant + 1));
}

/** Iterations until the predicted error is below a share; Infinity where it does not fall. */
export function iterationsUntil(rate: Rate, form: IterationForm, share: number): number {
  if (predictedError(rate, form, 1) <= share) return 1;
  if (!(rate.ratio < 1) || !Number.isFinite(rate.startTangent)) return Infinity;
  if (rate.ratio === 0) return form === 'gram' ? 1 : 2;
  // 1 - cos = share at this tangent.
  const wanted = Math.sqrt(1 / (1 - share) ** 2 - 1);
  const t = Math.log(wanted / rate.startTangent) / Math.log(rate.ratio);
  return Math.max(1, Math.ceil((form === 'gram' ? t : t + 0.5) - 1e-9));
}
