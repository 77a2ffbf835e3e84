import type { LayerListing, LayerNumbers } from '../../../src/shared/inspection';
import { counterpart } from '../figures/chosen';
import type { ShownFile } from '../files';
import { shownNetwork } from '../verdict/networks';
import type { LayersView } from '../viewState';
import { layerColumns } from './columns';
import { kindName } from './geometry';

/** A layer of one of the files, as a row of the table. */
export interface LayerRow {
  /** Tells it from all other rows. */
  readonly key: string;
  readonly file: ShownFile;
  /** Of the file among all, for its mark. */
  readonly index: number;
  readonly layer: LayerListing;
  readonly numbers: LayerNumbers;
  /** Name of the primary file's layer that figures show for this row; none has none there. */
  readonly chosenBy: string | undefined;
  /** Whether a layer's rows begin here, where several files are compared. */
  readonly first: boolean;
}

/** The column of the layers' names, for sorting. */
export const NAME_COLUMN = 'layer';

const nothing: LayerNumbers = {};

/** The layers of the network that is shown: of several files, those that belong together. */
export function layerRows(files: readonly ShownFile[], { sort, filter }: LayersView): LayerRow[] {
  const groups = groupsOf(files).filter(([{ layer }]) => matches(layer, filter));
  return sortGroups(groups, sort).flat();
}

function groupsOf(files: readonly ShownFile[]): LayerRow[][] {
  const [primary, ...others] = files;
  const taken = new Set<string>();
  const row = (
    file: ShownFile,
    layer: LayerListing,
    chosenBy: string | undefined,
    first: boolean,
  ): LayerRow => {
    const key = `${file.file}\n${layer.name}`;
    taken.add(key);
    const numbers = (file.numbers.value[layer.name] as LayerNumbers | undefined) ?? nothing;
    return { key, file, index: files.indexOf(file), layer, numbers, chosenBy, first };
  };
  const groups = layersOf(primary).map((layer) => [
    row(primary, layer, layer.name, true),
    ...others.flatMap((file) => {
      const same = counterpart(file, layer);
      return same ? [row(file, same, layer.name, false)] : [];
    }),
  ]);
  const alone = others.flatMap((file) =>
    layersOf(file)
      .filter(({ name }) => !taken.has(`${file.file}\n${name}`))
      .map((layer) => [row(file, layer, undefined, true)]),
  );
  return [...groups, ...alone];
}

function layersOf(file: ShownFile): readonly LayerListing[] {
  const listing = file.listing.value;
  if (!listing) return [];
  const network = shownNetwork(file);
  if (!network) return listing.networks.length === 0 ? listing.layers : [];
  const byName = new Map(listing.layers.map((layer) => [layer.name, layer] as const));
  return network.layers.flatMap((name) => byName.get(name) ?? []);
}

function matches({ name, geometry }: LayerListing, filter: string): boolean {
  const wanted = filter.trim().toLocaleLowerCase();
  const words = `${name} ${kindName(geometry.kind)}`.toLocaleLowerCase();
  return wanted.split(/\s+/).every((word) => words.includes(word));
}

/** Layers without a value come last, whichever way they are sorted. */
function sortGroups(groups: LayerRow[][], sort: LayersView['sort']): LayerRow[][] {
  if (!sort) return groups;
  const direction = sort.descending ? -1 : 1;
  const column = layerColumns().find(({ name }) => name === sort.column);
  const valueOf = (group: LayerRow[]): string | number | undefined => {
    if (sort.column === NAME_COLUMN) return group[0].layer.name;
    const values = group.map((row) => column?.value(row));
    return values.find((value) => value !== undefined);
  };
  return groups
    .map((group) => ({ group, value: valueOf(group) }))
    .sort((a, b) => {
      if (a.value === undefined || b.value === undefined) {
        return Number(a.value === undefined) - Number(b.value === undefined);
      }
      return direction * compare(a.value, b.value);
    })
    .map(({ group }) => group);
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a === b ? 0 : a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}
