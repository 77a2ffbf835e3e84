import type { Architecture, TrainConfig } from '../shared/config';

/** Products of one image's forward pass through D, at full width and 32 pixels. */
const productsOfD: Readonly<Record<Architecture, number>> = {
  cnn: 1.1e8,
  'cnn-wide': 2.2e8,
  resnet: 2.7e8,
  quick: 4e6,
};

/** Products of a step from which several threads compute it faster than one. */
const MANY = 5e8;

/**
 * Whether the steps of a run are large enough for threads to share. Each kernel of a small one is
 * over before the threads have met, and where other programs are busy they wait for each other.
 */
export function worthThreads({ network, data, batch, nDis }: TrainConfig): boolean {
  const { architecture, width } = network;
  const perImage = productsOfD[architecture] * width ** 2 * (data.size / 32) ** 2;
  // D's forward pass and its two gradients, on real and generated images; G's update is as much
  // again as one such pass.
  return perImage * (6 * nDis * batch.discriminator + 3 * batch.generator) >= MANY;
}
