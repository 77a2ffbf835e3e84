import type { BenchSettings } from '../../bench/bench';
import type { BenchCase, BenchNetwork } from '../../bench/benchCase';
import { growthParts, type GrowthPart } from '../../bench/growth/growth';
import type { Precision, RuntimeName } from '../../shared/config';

/** Flags of `sn-gan bench`, as they are given. */
export interface BenchFlags {
  readonly runtime?: RuntimeName[];
  readonly network?: BenchNetwork[];
  readonly batch?: number[];
  readonly precision?: Precision[];
  readonly width?: number;
  readonly rounds?: number;
  readonly seconds?: number;
  readonly peer?: string[];
  readonly python: string;
  readonly device?: string;
  readonly stepsOnly?: boolean;
  readonly growth?: true | GrowthPart[];
  readonly steps?: number;
  readonly images?: number;
  readonly quick?: boolean;
  readonly markdown?: boolean;
}

/** What holds where no flag says otherwise. */
interface Standard {
  readonly network: readonly BenchNetwork[];
  readonly batch: readonly number[];
  readonly precision: readonly Precision[];
  readonly rounds: number;
  readonly seconds: number;
  readonly stepsOnly: boolean;
  /** Of --growth. */
  readonly batches: readonly number[];
  readonly widths: readonly number[];
  readonly steps: number;
  readonly images: number;
}

const whole: Standard = {
  network: ['cnn', 'resnet'],
  batch: [64, 128],
  precision: ['f32', 'bf16'],
  rounds: 5,
  seconds: 4,
  stepsOnly: false,
  batches: [16, 32, 64, 128, 256],
  widths: [0.25, 0.5, 1, 2],
  steps: 10_000,
  images: 100_000,
};

const quick: Standard = {
  network: ['cnn'],
  batch: [64],
  precision: ['f32'],
  rounds: 2,
  seconds: 2,
  stepsOnly: true,
  batches: [16, 64],
  widths: [0.25, 1],
  steps: 1000,
  images: 10_000,
};

/** What the flags ask for; those that are given win over --quick. */
export function settingsOf(flags: BenchFlags, version: string): BenchSettings {
  const standard = flags.quick ? quick : whole;
  const { rounds, seconds, batch, network, precision, stepsOnly } = { ...standard, ...flags };
  const { peer = [], python, device, width = 1, growth } = flags;
  return {
    version,
    runtimes: flags.runtime,
    cases: network.flatMap((name) =>
      batch.flatMap((images) => precision.map((each) => caseOf(name, images, each, width))),
    ),
    peers: peer.map((script) => ({ script, python, device })),
    pace: { rounds, seconds },
    stepsOnly,
    growth: growth && {
      parts: growth === true ? growthParts : growth,
      batches: flags.batch ?? standard.batches,
      widths: flags.width === undefined ? standard.widths : [flags.width],
      steps: flags.steps ?? standard.steps,
      images: flags.images ?? standard.images,
      seconds,
    },
  };
}

function caseOf(
  network: BenchNetwork,
  batch: number,
  precision: Precision,
  width: number,
): BenchCase {
  return { network, batch, precision, width, spectralNorm: true };
}
