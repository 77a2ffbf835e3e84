import type { Corrections, NetworkRole, WeightFormat } from '../../shared/inspection';
import type { PlacedLayer } from './blocks';
import type { Findings } from './findLayers';
import { guessNetwork } from './guessNetwork';
import { isEmbedding } from './guessKind';
import type { NetworkDraft } from './networkDraft';
import { compareNaturally, networkOf } from './networkNames';

/** Formats whose arrays stand in the order in which the layers were made. */
const orderedFormats: ReadonlySet<WeightFormat> = new Set(['torch', 'tfjs']);

/** Far more than any network has; a file with more was made to waste time. */
const MAX_LAYERS = 3000;

/** Sorts the layers of a foreign file into networks and guesses how each is built. */
export function foreignNetworks(
  { layers, scalings, bare }: Findings,
  format: WeightFormat,
  corrections: Corrections,
): { networks: NetworkDraft[]; flaws: string[] } {
  const members = new Map<string, { role: NetworkRole; layers: PlacedLayer[] }>();
  for (const layer of layers.slice(0, MAX_LAYERS)) {
    const { network, role, path } = networkOf(layer.name);
    const known = members.get(network);
    if (known) known.layers.push({ layer, path });
    else members.set(network, { role, layers: [{ layer, path }] });
  }
  const flaws: string[] = [];
  if (layers.length > MAX_LAYERS) {
    flaws.push(`Only the first ${MAX_LAYERS} of ${layers.length} layers are shown.`);
  }
  const scalingOf = new Map(scalings.map((name) => [networkOf(name).network, name] as const));
  const networks = [...members].map(([name, { role, layers: found }]): NetworkDraft => {
    const ordered = orderedFormats.has(format) ? found : inNaturalOrder(found, role);
    const guessed = guessNetwork(ordered, role, format, corrections);
    const { geometries, structure, order } = guessed;
    const scaling = scalingOf.get(name);
    if (scaling !== undefined && guessed.role === 'discriminator') {
      flaws.push(
        `${name === '' ? 'The discriminator' : name} has layers that scale, such as batch normalisation (${scaling}): no bound of the network covers them.`,
      );
    }
    return {
      name,
      // Arrays of no known names are no network, whatever their shapes suggest.
      role: bare ? 'unknown' : guessed.role,
      layers: order,
      geometries,
      ...(structure && scaling === undefined && !bare && { structure }),
      described: false,
    };
  });
  return { networks, flaws };
}

/** By name, with dense layers where they are in networks of their role. */
function inNaturalOrder(layers: readonly PlacedLayer[], role: NetworkRole): PlacedLayer[] {
  const sorted = [...layers].sort((a, b) => compareNaturally(a.path, b.path));
  const dense = sorted.filter((placed) => placed.layer.shape.length === 2 && !isEmbedding(placed));
  const tables = sorted.filter(isEmbedding);
  const images = sorted.filter(({ layer }) => layer.shape.length === 4);
  if (images.length === 0) return sorted;
  return role === 'generator' || (role === 'unknown' && endsInImage(images))
    ? [...dense, ...images, ...tables]
    : [...images, ...dense, ...tables];
}

function endsInImage(images: readonly PlacedLayer[]): boolean {
  const { shape } = images[images.length - 1].layer;
  return (
    images[0].layer.shape[1] > 4 && [shape[0], shape[1]].some((side) => side === 1 || side === 3)
  );
}
