import { t } from '@vscode/l10n';
import { formatReading } from '../../figures/format';
import { formatCount } from '../../ui/format';
import type { Evidence, Finding } from './evidence';

/**
 * Where the paper found the norm of normalised weights (1 to 1.05, Fig. 9), with a hundredth below
 * for rounding: power iteration never overestimates, so a norm under 1 is not to be expected.
 */
const LOWEST = 0.99;
const HIGHEST = 1.05;

/** So far off that one measurement is enough; the paper saw up to about 1.15 early in training. */
const GROSSLY_LOW = 0.9;
const GROSSLY_HIGH = 1.2;

const PREFIX = 'sigmaBar/';

interface Deviation {
  readonly layer: string;
  readonly value: number;
  readonly step: number;
}

/** A layer of D whose weight is not normalised to 1, although it should be. */
export function findSigmaOff(evidence: Evidence): Finding | undefined {
  if (evidence.view.config?.spectralNorm.enabled === false) {
    return {
      kind: 'sigma',
      severity: 'info',
      sentence: t('Spectral normalisation is off: nothing bounds how steep D becomes.'),
      advice: t('Set spectralNorm.enabled to train an SN-GAN.'),
    };
  }
  const off = evidence.columns.tags.flatMap((tag) => deviationOf(evidence, tag) ?? []);
  if (off.length === 0) return undefined;
  const worst = off.reduce((a, b) => (distance(b.value) > distance(a.value) ? b : a));
  const { layer, value, step } = worst;
  return {
    kind: 'sigma',
    severity: 'warning',
    step,
    sentence:
      off.length === 1
        ? t(
            'The spectral norm of {0} of D is {1} at step {2}, not 1: its sigma is estimated badly.',
            layer,
            formatReading(value),
            formatCount(step),
          )
        : t(
            'The spectral norms of {0} layers of D are not 1, of {1} by most: {2} at step {3}; sigma is estimated badly.',
            off.length,
            layer,
            formatReading(value),
            formatCount(step),
          ),
    advice: t('Raise spectralNorm.nPowerIterations to 2 or more, or lower the learning rate.'),
  };
}

/** The newest measurement of a layer, where it and the one before it are off. */
function deviationOf({ columns }: Evidence, tag: string): Deviation | undefined {
  if (!tag.startsWith(PREFIX)) return undefined;
  const values = columns.values(tag);
  if (!values) return undefined;
  const row = values.findLastIndex((value) => !Number.isNaN(value));
  if (row < 0 || isFine(values[row])) return undefined;
  const value = values[row];
  if (value >= GROSSLY_LOW && value <= GROSSLY_HIGH) {
    const before = values.subarray(0, row).findLast((earlier) => !Number.isNaN(earlier));
    if (before === undefined || isFine(before)) return undefined;
  }
  return { layer: tag.slice(PREFIX.length), value, step: columns.steps[row] };
}

function isFine(value: number): boolean {
  return value >= LOWEST && value <= HIGHEST;
}

/** How far from 1, by ratio: a half is as bad as a double. */
function distance(value: number): number {
  return Math.abs(Math.log(Math.max(value, 1e-9)));
}
