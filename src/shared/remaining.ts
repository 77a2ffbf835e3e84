import type { RunIdentity } from './runFolder';

/**
 * Seconds to the last step at the speed of the last logged step: the one estimate behind all places
 * that show it. Undefined where no step remains, or nothing is known of the speed.
 *
 * @param imagesPerStep real images that one step sees: older runs tell only images a second
 */
export function remainingSeconds(
  { step, total, stepsPerSecond, imagesPerSecond }: RunIdentity['progress'],
  imagesPerStep?: number,
): number | undefined {
  const speed = stepsPerSecond ?? (imagesPerStep ? imagesPerSecond / imagesPerStep : 0);
  return speed > 0 && step < total ? (total - step) / speed : undefined;
}
