import type { Gan } from '../gan/gan';
import type { Network } from '../gan/network';
import { isLinear, type Parameter } from '../gan/parameter';

/** Products of one image's forward pass through a network, by which gradients cost the same. */
interface Products {
  /** Of all linear layers. */
  readonly forward: number;
  /** Of the layers that read the network's input, part of `forward`. */
  readonly atInput: number;
}

/**
 * Floating point operations of one training step: `nDis` updates of D and one of G, `batch` images
 * each, with G's last images used for both players. Counted are the products of convolutions and
 * matrices and their sums, two operations for each product:
 *
 * - G forward on every batch;
 * - D forward on real and generated images; the gradients of its weights, and those of its layers'
 *   inputs except for the images;
 * - for G, D forward on the generated images and the gradients of its layers' inputs down to the
 *   images, none of its weights; then G's, of weights and of inputs except for the latents.
 *
 * A gradient costs what its layer's forward pass costs. A kernel counts as a whole at the borders,
 * as is usual. Everything else (batch norm, activations, spectral norms, Adam) is work of the size
 * of the data and not counted. It is what plain sums ask for: what a runtime computes twice is not
 * counted twice, and what it saves by minimal filtering is counted, so that rates can be compared.
 */
export function operationsOfStep(
  { generator, discriminator }: Pick<Gan, 'generator' | 'discriminator'>,
  batch: number,
  nDis = 1,
): number {
  const g = productsOf(generator);
  const d = productsOf(discriminator);
  const updateOfD = g.forward + 2 * (3 * d.forward - d.atInput);
  const updateOfG = 2 * d.forward + (2 * g.forward - g.atInput);
  return 2 * batch * (nDis * updateOfD + updateOfG);
}

/** Products of the layers of a network for one image. */
export function productsOf(network: Network): Products {
  const linear = network.parameters.filter(isLinear);
  const atInput = linear.filter(({ layer }) => readsInput(layer, linear[0].layer));
  return { forward: sum(linear), atInput: sum(atInput) };
}

/** The first layer does, and in a residual network the shortcut beside it. */
function readsInput(layer: string, first: string): boolean {
  const block = first.lastIndexOf('.');
  return layer === first || (block > 0 && layer === `${first.slice(0, block)}.shortcut`);
}

function sum(parameters: readonly Parameter[]): number {
  return parameters.reduce(
    (total, parameter) => total + placesOf(parameter) * parameter.variable.size,
    0,
  );
}

/** How many times every value of a weight is multiplied for one image. */
function placesOf({ kind, geometry }: Parameter): number {
  if (!geometry) return 1;
  const { inputSize, stride } = geometry;
  const [height, width] = inputSize;
  return kind === 'conv' ? (height / stride) * (width / stride) : height * width;
}
