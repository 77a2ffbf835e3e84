import type { FileListing, LayerListing, LayerNumbers, NetworkRole } from '../shared/inspection';
import { operatorCost, spectrumCost } from './listing/layerCost';
import { lacksBounds } from './numbers/operatorNumbers';

type Doing = 'weights' | 'spectra' | 'operators';

/** One part of the numbers of one layer. */
export interface Work {
  readonly doing: Doing;
  /** Whether the true norm is there and its bounds are wanted. */
  readonly bounds: boolean;
  readonly layer: LayerListing;
}

const ranks: Readonly<Record<NetworkRole, number>> = { discriminator: 0, unknown: 1, generator: 2 };

/**
 * What is to be computed, in order: what was asked for first; then one pass over every weight, so
 * that each row of a table has something; then spectra, true norms and bounds, discriminators before
 * generators and cheap layers before dear ones. Costly layers only get more where asked for.
 */
export function orderOfWork(
  { layers, networks }: FileListing,
  first: readonly string[],
  known: ReadonlyMap<string, LayerNumbers>,
): Work[] {
  const asked = new Set(first);
  const rankOf = new Map(
    networks.flatMap(({ layers: names, role }) =>
      names.map((name) => [name, ranks[role]] as const),
    ),
  );
  const rank = ({ name }: LayerListing): number => rankOf.get(name) ?? ranks.unknown;
  const lacking = (doing: Doing, among: readonly LayerListing[], bounds = false): Work[] =>
    among
      .filter((layer) =>
        bounds
          ? lacksBounds(layer, known.get(layer.name)?.operator)
          : lacks(known.get(layer.name), doing),
      )
      .sort((a, b) => costOf(a, doing) - costOf(b, doing))
      .map((layer) => ({ doing, bounds, layer }));

  const wanted = layers.filter(({ name }) => asked.has(name));
  const others = layers.filter(({ name }) => !asked.has(name));
  const affordable = others.filter(({ costly }) => !costly);
  const byRank = <T extends LayerListing>(among: readonly T[]): T[][] =>
    Object.values(ranks).map((each) => among.filter((layer) => rank(layer) === each));
  return [
    ...(['weights', 'spectra', 'operators'] as const).flatMap((doing) => lacking(doing, wanted)),
    ...lacking('operators', wanted, true),
    ...byRank(others).flatMap((among) => lacking('weights', among)),
    ...byRank(affordable).flatMap((among) => [
      ...lacking('spectra', among),
      ...lacking('operators', among),
      ...lacking('operators', among, true),
    ]),
  ];
}

function lacks(numbers: LayerNumbers | undefined, doing: Doing): boolean {
  if (doing === 'weights') return numbers?.weight === undefined;
  return doing === 'spectra' ? !numbers?.spectrum : !numbers?.operator;
}

function costOf({ shape, geometry, rows, columns }: LayerListing, doing: Doing): number {
  if (doing === 'weights') return rows * columns;
  return doing === 'spectra' ? spectrumCost(shape, geometry) : operatorCost(shape, geometry);
}
