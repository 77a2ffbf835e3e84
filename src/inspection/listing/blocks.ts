import type { FoundLayer } from './foundLayer';

/** A layer and its name inside the network, between the dots or slashes. */
export interface PlacedLayer {
  readonly layer: FoundLayer;
  readonly path: readonly string[];
}

/** Layers that make up a residual block, in the order of the network. */
export interface Block {
  readonly main: readonly PlacedLayer[];
  readonly shortcut: readonly PlacedLayer[];
}

/** A network as its names tell: single layers and residual blocks, one after the other. */
export type Item = { readonly layer: PlacedLayer } | { readonly block: Block };

/** `c_sc` of Chainer and mimicry, `conv_sc` of BigGAN, `shortcut` of ours, `downsample` of ResNet. */
const shortcut =
  /^(?:.*_sc|c_?sc\d*|sc|(?:.*_)?shortcut\d*|(?:.*_)?skip\d*|downsample|bypass|conv_?s|learnable_sc)$/i;
const blockName = /^(?:.*block[_-]?\d*|res[_-]?\d*|resnet_?\d*|b\d+|layer\d+)$/i;
const numbered = /^\d+$/;
const pairOfConvolutions = /^(?:c|conv|conv_)[012]$/i;

/** Groups the layers of a network into residual blocks by their names. */
export function blocksOf(layers: readonly PlacedLayer[]): Item[] {
  const shortcutsAt = new Set(
    layers.flatMap(({ path }) => {
      const at = path.findIndex((segment) => shortcut.test(segment));
      return at > 0 ? [path.slice(0, at).join('/')] : [];
    }),
  );
  const items: Item[] = [];
  const open = new Map<string, { main: PlacedLayer[]; shortcut: PlacedLayer[] }>();
  for (const layer of layers) {
    const place = placeOfBlock(layer.path, shortcutsAt);
    const known = place === undefined ? undefined : open.get(place);
    if (place === undefined) {
      items.push({ layer });
      continue;
    }
    const block = known ?? { main: [], shortcut: [] };
    if (!known) {
      open.set(place, block);
      items.push({ block });
    }
    const inside = layer.path.slice(place.split('/').length);
    if (inside.some((segment) => shortcut.test(segment))) block.shortcut.push(layer);
    else block.main.push(layer);
  }
  return items.flatMap((item) =>
    'block' in item ? unlessPlain(item.block, shortcutsAt.size) : item,
  );
}

/** Where the block of a layer stands; undefined for a layer of none. */
function placeOfBlock(
  path: readonly string[],
  shortcutsAt: ReadonlySet<string>,
): string | undefined {
  for (let length = 1; length < path.length; length++) {
    const place = path.slice(0, length).join('/');
    if (shortcutsAt.has(place)) return place;
  }
  let at = path.slice(0, -1).findIndex((segment) => blockName.test(segment));
  if (at < 0) return undefined;
  // `blocks.0.1.conv1`: the numbers belong to the place.
  while (at + 2 < path.length && numbered.test(path[at + 1])) at++;
  return path.slice(0, at + 1).join('/');
}

/** Blocks without a shortcut of their own are residual only among others that have one. */
function unlessPlain(block: Block, shortcuts: number): Item[] {
  const residual =
    block.shortcut.length > 0 ||
    (block.main.length > 1 &&
      (shortcuts > 0 || block.main.some(({ path }) => path.some((part) => /res/i.test(part)))) &&
      block.main.some(({ path }) => pairOfConvolutions.test(path[path.length - 1])));
  if (residual && block.main.length > 0) return [{ block }];
  return [...block.main, ...block.shortcut].map((layer) => ({ layer }));
}
