import type { LayerListing, LayerNumbers, NetworkListing } from '../../shared/inspection';
import { inDigits, inPercent } from '../../shared/words/digits';
import { tableLines } from '../table';
import type { InspectedFile } from './inspectedFile';
import { certain, usedNorm, written } from './layerColumns';

/** What several files are compared by; of weights as they are used. */
const quantities: readonly (readonly [
  title: string,
  read: (layer: LayerListing, numbers: LayerNumbers) => string | undefined,
])[] = [
  [
    'sigma, of W/est where normalised',
    (_, { spectrum }) => text(spectrum, (s) => s.normalized ?? s.values[0]),
  ],
  ['true norm', (layer, numbers) => certain(usedNorm(layer, numbers))],
  ['stable rank', (_, { spectrum }) => text(spectrum, ({ stableRank }) => stableRank)],
  ['effective rank', (_, { spectrum }) => text(spectrum, ({ effectiveRank }) => effectiveRank)],
  ['values below a tenth', (_, { spectrum }) => spectrum && inPercent(spectrum.belowTenth)],
  ['||W||_F', (_, { weight }) => text(weight, ({ frobenius }) => frobenius)],
];

function text<T>(from: T | undefined, read: (from: T) => number): string | undefined {
  return from && inDigits(read(from));
}

/**
 * The lines that compare files: a table for each quantity with a column for each file. Networks
 * are those that judge, or all where a file has none; layers of one name stand in one row.
 */
export function compareFiles(files: readonly InspectedFile[]): string[] {
  const columns = files.map((_, i) => letter(i));
  const judged = files.map(judgedLayers);
  const names = [...new Set(judged.flatMap((layers) => [...layers.keys()]))];
  return [
    ...files.map(({ listing }, i) => `${letter(i)}  ${listing.file}`),
    ...quantities.flatMap(([title, read]) => [
      '',
      ...tableLines(
        [title, ...columns],
        names.map((name) => [
          name,
          ...files.map(({ numbers }, i) => {
            const layer = judged[i].get(name);
            const found = layer && numbers.get(layer.name);
            return (layer && found && read(layer, found)) ?? '-';
          }),
        ]),
      ),
    ]),
    '',
    ...tableLines(
      ['network', ...columns],
      (['product', 'upper', 'tightUpper'] as const).map((bound) => [
        { product: 'product', upper: 'guaranteed', tightUpper: 'by true norms' }[bound],
        ...files.map(({ listing, verdicts }) => {
          const [network] = judgedNetworks(listing.networks);
          const value = verdicts.get(network?.name ?? '')?.[bound];
          const mark = bound === 'product' ? '' : '≤ ';
          return written(value, (number) => mark + inDigits(number));
        }),
      ]),
    ),
  ];
}

function letter(index: number): string {
  return String.fromCharCode('A'.charCodeAt(0) + index);
}

function judgedNetworks(
  networks: readonly NetworkListing[],
): readonly (NetworkListing | undefined)[] {
  const judging = networks.filter(({ role }) => role === 'discriminator');
  return judging.length > 0 ? judging : networks;
}

/** Layers by their names without the network's. */
function judgedLayers({ listing }: InspectedFile): Map<string, LayerListing> {
  const found = new Map<string, LayerListing>();
  for (const network of judgedNetworks(listing.networks)) {
    if (!network) continue;
    const prefix = network.name === '' ? 0 : network.name.length + 1;
    for (const name of network.layers) {
      const layer = listing.layers.find((each) => each.name === name);
      // Chainer and TensorFlow.js write slashes where PyTorch writes dots.
      const common = name.slice(prefix).replaceAll('/', '.');
      if (layer && !found.has(common)) found.set(common, layer);
    }
  }
  return found;
}
