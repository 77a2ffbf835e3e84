import type { Evidence, Finding } from './evidence';
import { findExplosion } from './explosion';
import { findVanishedGradients } from './gradients';
import { findNotFinite } from './notFinite';
import { findSaturation } from './saturation';
import { findSigmaOff } from './sigma';
import { findSlowdown } from './speed';
import { findSamplingStuck, findStall } from './standstill';

/** The gravest first. */
const checks = [
  findNotFinite,
  findExplosion,
  findStall,
  findSamplingStuck,
  findVanishedGradients,
  findSaturation,
  findSigmaOff,
  findSlowdown,
];

/** Everything that is wrong with a run; nothing for one in good health. */
export function examine(evidence: Evidence): readonly Finding[] {
  return checks.flatMap((check) => check(evidence) ?? []);
}
