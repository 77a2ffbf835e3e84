import type { LayerGeometry, NetworkPart } from '../../shared/inspection';
import { outputSizeOf } from './layerSizes';

type Size = readonly [number, number];

/** How a network is taken to be built: a `NetworkPart` before the sizes of images are known. */
export type Plan =
  | { readonly kind: 'layer'; readonly name: string }
  | { readonly kind: 'sequence'; readonly parts: readonly Plan[] }
  | { readonly kind: 'sum'; readonly branches: readonly [Plan, Plan] }
  | { readonly kind: 'identity' }
  /** Means over 2 x 2 pixels. */
  | { readonly kind: 'averagePool' }
  /** The sum over all pixels. */
  | { readonly kind: 'sumPool' }
  /** Pixels repeated 2 x 2 times; of generators, whose bound is not asked for. */
  | { readonly kind: 'upsample' }
  /** A vector becomes an image. */
  | { readonly kind: 'unflatten'; readonly size: Size };

/** What a layer is and is applied to, as far as it is settled before the walk. */
export interface PlannedLayer {
  readonly shape: readonly number[];
  readonly geometry: LayerGeometry;
  /** Whether the input size of the geometry stands, whatever comes before the layer. */
  readonly fixedSize: boolean;
}

/**
 * Follows an image through a network and settles the size that every layer is applied to.
 *
 * @param settle told every layer's input size
 * @returns the size of the output, and the structure
 */
export function walk(
  plan: Plan,
  size: Size,
  layers: ReadonlyMap<string, PlannedLayer>,
  settle: (name: string, inputSize: Size) => void,
): { size: Size; part: NetworkPart } {
  switch (plan.kind) {
    case 'layer': {
      const layer = layers.get(plan.name);
      if (!layer) return { size, part: plan };
      const { kind } = layer.geometry;
      const flat = kind === 'dense' || kind === 'embedding';
      const inputSize = layer.fixedSize
        ? layer.geometry.inputSize
        : flat
          ? ([1, 1] as const)
          : size;
      settle(plan.name, inputSize);
      return {
        size: atLeastOne(outputSizeOf(layer.shape, { ...layer.geometry, inputSize })),
        part: plan,
      };
    }
    case 'sequence': {
      const parts: NetworkPart[] = [];
      for (const step of plan.parts) {
        const walked = walk(step, size, layers, settle);
        ({ size } = walked);
        parts.push(walked.part);
      }
      return { size, part: { kind: 'sequence', parts } };
    }
    case 'sum': {
      const [main, other] = plan.branches.map((branch) => walk(branch, size, layers, settle));
      return { size: main.size, part: { kind: 'sum', branches: [main.part, other.part] } };
    }
    case 'identity':
      return { size, part: plan };
    case 'averagePool': {
      const [height, width] = size;
      const half = atLeastOne([Math.floor(height / 2), Math.floor(width / 2)]);
      return { size: half, part: { kind: 'averagePool', window: [2, 2] } };
    }
    case 'sumPool':
      return { size: [1, 1], part: { kind: 'sumPool', inputSize: size } };
    case 'upsample':
      return { size: [2 * size[0], 2 * size[1]], part: { kind: 'identity' } };
    case 'unflatten':
      return { size: plan.size, part: { kind: 'identity' } };
  }
}

/** Impossible sizes are told of by the layer that makes them, and must not spread. */
function atLeastOne([height, width]: Size): Size {
  return [Math.max(1, height), Math.max(1, width)];
}
