import type {
  FileListing,
  LayerListing,
  LayerNumbers,
  NetworkListing,
  NetworkVerdict,
} from '../../shared/inspection';
import { warningsOf } from '../warnings';
import { composedNorm } from './composedNorm';

/**
 * What can be said of a network as a whole with the numbers that there are so far. Generators have
 * no bound: batch normalisation stands between their layers.
 */
export function networkVerdict(
  { name, role, layers: names, structure }: NetworkListing,
  { layers }: FileListing,
  numbers: ReadonlyMap<string, LayerNumbers>,
): NetworkVerdict {
  const byName = new Map(layers.map((layer) => [layer.name, layer] as const));
  const members = names.flatMap((member) => byName.get(member) ?? []);
  const warnings = warningsOf(members, numbers);
  if (role === 'generator') {
    return { network: name, product: null, upper: null, tightUpper: null, warnings };
  }
  const used = (norm: (found: LayerNumbers) => number | undefined) => (layer: string) => {
    const [listing, found] = [byName.get(layer), numbers.get(layer)];
    const value = found && norm(found);
    const divisor = listing && found && divisorOf(listing, found);
    return value === undefined || divisor === undefined ? null : value / divisor;
  };
  const compose = (norm: (found: LayerNumbers) => number | undefined): number | null =>
    structure ? composedNorm(structure, used(norm)) : null;
  const sequence = {
    kind: 'sequence' as const,
    parts: names.map((layer) => ({ kind: 'layer' as const, name: layer })),
  };
  return {
    network: name,
    product: composedNorm(
      sequence,
      used(({ spectrum }) => spectrum?.values[0]),
    ),
    upper: compose(({ operator }) => operator?.upper),
    tightUpper: compose(
      ({ operator }) => operator && operator.norm.value * (1 + operator.tolerance),
    ),
    warnings,
  };
}

/** What a layer's weight is divided by when it is used; undefined where that is not known. */
export function divisorOf(
  { normalization }: LayerListing,
  { weight }: LayerNumbers,
): number | undefined {
  if (normalization === 'none') return 1;
  const divisor = Math.abs(weight?.estimate ?? 0);
  return divisor > 0 ? divisor : undefined;
}
