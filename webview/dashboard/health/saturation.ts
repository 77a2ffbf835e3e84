import { t } from '@vscode/l10n';
import type { LossName } from '../../../src/shared/config';
import { formatCount } from '../../ui/format';
import type { Evidence, Finding } from './evidence';
import { streakStart } from './medians';

/** Shorter streaks are chance, in rows and in steps. */
const ROWS = 50;
const STEPS = 200;
/** A batch now and then may disagree. */
const PARDONED = 0.05;

/**
 * D's loss where it cannot be told to learn more, and where it guesses: hinge reaches 0 when every
 * image is beyond its margin and is 2 for D = 0; hinge-clamp is the same minus 2; the logistic loss
 * nears 0 and is 2 ln 2 for D = 0. A Wasserstein critic has no such end.
 */
const ends: Readonly<Record<LossName, { best: number; chance: number } | undefined>> = {
  hinge: { best: 0, chance: 2 },
  'hinge-clamp': { best: -2, chance: 0 },
  'non-saturating': { best: 0, chance: 2 * Math.LN2 },
  wasserstein: undefined,
};

/** Within a twentieth of the way from guessing to perfection D has hardly a gradient left. */
const NEAR = 0.05;

/**
 * D(x) - D(G(z)) of a hinge. The margins ask for 2; five times that is a D that has run away, even
 * where single images keep its loss above nothing.
 */
const WIDE_GAP = 10;

/** D tells real from generated images so well that neither player learns. */
export function findSaturation({ view, columns }: Evidence): Finding | undefined {
  const loss = view.config?.loss ?? 'hinge';
  const end = ends[loss];
  if (!end) return undefined;
  const near = end.best + NEAR * (end.chance - end.best);
  const lossD = columns.values('loss/d');
  const real = columns.values('score/real');
  const fake = columns.values('score/fake');
  const start = Math.max(
    lossD
      ? longStreak(
          columns.steps,
          (row) => lossD[row],
          (value) => value <= near,
        )
      : -1,
    real && fake && loss !== 'non-saturating'
      ? longStreak(
          columns.steps,
          (row) => real[row] - fake[row],
          (gap) => gap >= WIDE_GAP,
        )
      : -1,
  );
  if (start < 0) return undefined;
  const step = columns.steps[start];
  return {
    kind: 'saturation',
    severity: 'warning',
    step,
    sentence: t(
      'D has told real from generated images almost perfectly since step {0}; it hardly learns any more, and teaches G little.',
      formatCount(step),
    ),
    advice:
      view.config?.spectralNorm.enabled === false
        ? t('Turn spectral normalisation on, or lower nDis or the learning rate.')
        : t(
            'Lower nDis or the learning rate, mirror the images (data.flip), or train on more images.',
          ),
  };
}

function longStreak(
  steps: Float64Array,
  valueAt: (row: number) => number,
  fulfils: (value: number) => boolean,
): number {
  const start = streakStart(steps.length, valueAt, fulfils, PARDONED);
  const last = steps.length - 1;
  if (start < 0 || last - start + 1 < ROWS || steps[last] - steps[start] < STEPS) return -1;
  return start;
}
