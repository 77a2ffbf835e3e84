import { t } from '@vscode/l10n';
import { formatReading } from '../../figures/format';
import { formatCount } from '../../ui/format';
import type { Evidence, Finding } from './evidence';
import { median, spread } from './medians';

/** Rows that are judged as one, by their median: a single wild batch is no explosion. */
const BLOCK = 10;
/** Blocks that tell what is usual. */
const MEMORY = 20;
/** Rows looked at; what lasts longer has become what is usual. */
const ROWS = 5_000;

/**
 * Losses of a GAN drift and swing; ten deviations of the blocks' medians, which are three times
 * calmer than the rows, are beyond any swing, and three times the usual size beyond any drift.
 */
const DEVIATIONS = 10;
const TIMES = 3;
/** Where losses live, 0 to 2: within that they may triple without meaning anything. */
const SMALLEST_SIZE = 2;

/** A loss that has jumped far above what it was and has not come back. */
export function findExplosion(evidence: Evidence): Finding | undefined {
  return explosionOf(evidence, 'loss/d', 'D') ?? explosionOf(evidence, 'loss/g', 'G');
}

function explosionOf({ columns }: Evidence, tag: string, player: string): Finding | undefined {
  const values = columns.values(tag);
  if (!values) return undefined;
  const usual: number[] = [];
  let began = -1;
  let before = NaN;
  const first = Math.max(0, values.length - ROWS);
  for (let row = first; row + BLOCK <= values.length; row += BLOCK) {
    const now = median(values.subarray(row, row + BLOCK));
    if (Number.isNaN(now)) continue;
    const centre = median(usual);
    if (usual.length >= MEMORY / 2 && isExploded(now, centre, usual)) {
      if (began < 0) {
        before = centre;
        began = row;
      }
      continue;
    }
    began = -1;
    usual.push(now);
    if (usual.length > MEMORY) usual.shift();
  }
  if (began < 0) return undefined;
  const step = columns.steps[began];
  const now = median(values.subarray(-BLOCK));
  return {
    kind: 'explosion',
    severity: 'error',
    step,
    sentence: t(
      'The loss of {0} jumped from about {1} to {2} at step {3} and has not come back.',
      player,
      formatReading(before),
      formatReading(now),
      formatCount(step),
    ),
    advice: t(
      'Lower the learning rate, or resume from a checkpoint before that step in a new run.',
    ),
  };
}

function isExploded(now: number, centre: number, usual: readonly number[]): boolean {
  const size = Math.max(SMALLEST_SIZE, Math.abs(centre));
  const deviation = Math.max(spread(usual, centre), 0.01 * size);
  return Math.abs(now - centre) > DEVIATIONS * deviation && Math.abs(now) > TIMES * size;
}
