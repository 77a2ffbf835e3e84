import { chosenLayers } from '../figures/chosen';
import { files } from '../files';
import { view } from '../viewState';

/** Shows one layer in the details and alone in the figures, in whichever network it is. */
export function showLayer(name: string): void {
  const networks = files.peek().at(0)?.listing.peek()?.networks ?? [];
  const network = networks.find(({ layers }) => layers.includes(name));
  if (network) view.network.value = network.name;
  view.layers.value = [name];
}

/** Adds a layer to those that figures show, or takes it away; one always stays. */
export function toggleLayer(name: string): void {
  const names = chosenLayers.peek().map((layer) => layer.name);
  if (!names.includes(name)) view.layers.value = [...names, name];
  else if (names.length > 1) view.layers.value = names.filter((one) => one !== name);
}
