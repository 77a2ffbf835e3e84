import { computed } from '@preact/signals';
import type { FileListing, LayerListing, NetworkListing } from '../../../src/shared/inspection';
import { files, type ShownFile } from '../files';
import { view } from '../viewState';

/** The network whose layers figures show: the chosen one, else a discriminator, else the first. */
export function networkOf(
  { networks }: FileListing,
  name: string | null,
): NetworkListing | undefined {
  return (
    networks.find((network) => network.name === name) ??
    networks.find(({ role }) => role === 'discriminator') ??
    networks.at(0)
  );
}

/** All layers of the network shown, of the primary file. */
export const networkLayers = computed<readonly LayerListing[]>(() => {
  const listing = files.value.at(0)?.listing.value;
  if (!listing) return [];
  const network = networkOf(listing, view.network.value);
  const named = network?.layers.flatMap((name) => layerNamed(listing, name) ?? []) ?? [];
  return named.length > 0 ? named : listing.layers;
});

/** The chosen layers of the primary file; the first of the network where none is chosen. */
export const chosenLayers = computed<readonly LayerListing[]>(() => {
  const listing = files.value.at(0)?.listing.value;
  if (!listing) return [];
  const chosen = view.layers.value.flatMap((name) => layerNamed(listing, name) ?? []);
  return chosen.length > 0 ? chosen : networkLayers.value.slice(0, 1);
});

/**
 * The layer of another file that is to be compared with one of the primary: of the same name, else
 * at the same place of the network and of the same shape.
 */
export function counterpart(file: ShownFile, layer: LayerListing): LayerListing | undefined {
  const listing = file.listing.value;
  const primary = files.value.at(0)?.listing.value;
  if (!listing || !primary) return undefined;
  const same = layerNamed(listing, layer.name);
  if (same) return same;
  const at = primary.networks
    .map(({ role, layers }) => ({ role, index: layers.indexOf(layer.name) }))
    .find(({ index }) => index >= 0);
  if (!at) return undefined;
  const network = listing.networks.find(({ role }) => role === at.role) ?? listing.networks.at(0);
  const found = layerNamed(listing, network?.layers.at(at.index) ?? '');
  const fits = found?.rows === layer.rows && found.columns === layer.columns;
  return fits ? found : undefined;
}

/** The name of a layer without that of its network, where all that is shown is of one. */
export function shortName({ name }: LayerListing): string {
  const listing = files.value.at(0)?.listing.value;
  const network = listing && networkOf(listing, view.network.value)?.name;
  return network && name.startsWith(`${network}.`) ? name.slice(network.length + 1) : name;
}

function layerNamed({ layers }: FileListing, name: string): LayerListing | undefined {
  return layers.find((layer) => layer.name === name);
}
