import { z } from 'zod';
import { resolveConfig } from '../gan/presets';
import { precisions, type TrainConfig } from '../shared/config';

export const benchNetworks = ['cnn', 'resnet', 'quick'] as const;
export type BenchNetwork = (typeof benchNetworks)[number];

/** What a step is measured of. */
export const benchCaseSchema = z.object({
  network: z.enum(benchNetworks),
  /** Images of an update, of D and of G alike. */
  batch: z.int().min(1),
  precision: z.enum(precisions),
  /** Factor of all hidden channel counts. */
  width: z.number(),
  /** Off only to learn what spectral normalisation costs. */
  spectralNorm: z.boolean(),
});
export type BenchCase = z.infer<typeof benchCaseSchema>;

/**
 * The config of a case: setting C of Table 1 for the CNN of Table 3, and the networks and Adam of
 * the ResNet's preset. That preset makes five updates of D for one of G; here every network makes
 * one, so that a step is the same thing for all of them.
 */
export function configOf({
  network,
  batch,
  precision,
  width,
  spectralNorm,
}: BenchCase): TrainConfig {
  return resolveConfig({
    name: 'bench',
    preset: network === 'cnn' ? 'C' : network,
    network: { width },
    spectralNorm: { enabled: spectralNorm },
    batch: { discriminator: batch, generator: batch },
    nDis: 1,
    precision,
  });
}

/** `cnn, batch 64, f32`, and the width where it is not 1. */
export function titleOf({ network, batch, precision, width }: BenchCase): string {
  const scaled = width === 1 ? '' : `, width ${width}`;
  return `${network}${scaled}, batch ${batch}, ${precision}`;
}
