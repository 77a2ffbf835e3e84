import type { LayerListing, LayerNumbers, NetworkListing, Warning } from '../../shared/inspection';
import { inDigits, inPercent } from '../../shared/words/digits';
import { networkName, verdictText } from '../../shared/words/verdictText';
import { warningText } from '../../shared/words/warningText';
import type { TrainConfig } from '../../shared/config';
import { tableLines } from '../table';
import { wrapped } from './wrapped';
import type { InspectedFile } from './inspectedFile';
import { certain, describeGeometry, digits, usedNorm, usedUpper, written } from './layerColumns';

/** The lines that tell of one file: what it is, a table and a verdict for each network. */
export function reportFile(file: InspectedFile): string[] {
  const { listing } = file;
  return [
    listing.file,
    ...describeFile(file),
    ...listing.flaws.flatMap((flaw) => wrapped(flaw, 'Note: ')),
    ...listing.networks.flatMap((network) => ['', ...reportNetwork(network, file)]),
    ...closingLines(file),
  ];
}

function describeFile({ listing }: InspectedFile): string[] {
  const { own, writer, format, bytes, tensors, metadata } = listing;
  const arrays = `${tensors.length} arrays, ${(bytes / 1e6).toFixed(1)} MB`;
  if (!own) return [`${writer === format ? writer : `${writer}, ${format}`}; ${arrays}`];
  const { step, config } = own;
  const { updatesD, updatesG } = metadata;
  return [
    `step ${step} of ${config.steps}; ${updatesD} updates of D, ${updatesG} of G; ${arrays}`,
    ...describeConfig(config),
  ];
}

function describeConfig(config: TrainConfig): string[] {
  const { network, data, loss, optimizer, nDis, batch, preset, ema, seed } = config;
  const { learningRate, beta1, beta2 } = optimizer;
  return [
    `${network.architecture} x${network.width}, ${data.size} px, z ${network.latentDim} ${network.latent}; ${data.source}`,
    `preset ${preset}: ${loss} loss, Adam ${learningRate} (${beta1}, ${beta2}), ${nDis} D per G, batch ${batch.discriminator}/${batch.generator}, EMA ${ema.decay}, seed ${seed}`,
  ];
}

type Cell = (layer: LayerListing, numbers: LayerNumbers) => string;
/** Columns that networks without any normalised layer, or without norms yet, can do without. */
type Need = 'normalised' | 'operators';

const columns: readonly (readonly [title: string, cell: Cell, need?: Need])[] = [
  ['kind', describeGeometry],
  ['matrix', ({ rows, columns: wide }) => `${rows} x ${wide}`],
  [
    'estimate',
    ({ normalization }, { weight }) =>
      normalization === 'none' ? 'not normalised' : digits(weight?.estimate),
    'normalised',
  ],
  ['sigma', (_, { spectrum }) => digits(spectrum?.values[0])],
  [
    'error',
    (_, { spectrum }) => written(spectrum?.estimateError, (error) => error.toExponential(1)),
    'normalised',
  ],
  [
    'sigma(W/est)',
    (_, { spectrum }) => written(spectrum?.normalized, (sigma) => sigma.toFixed(5)),
    'normalised',
  ],
  ['true norm', (layer, numbers) => certain(usedNorm(layer, numbers)), 'operators'],
  [
    'bound',
    (layer, numbers) => written(usedUpper(layer, numbers), (bound) => `≤ ${inDigits(bound)}`),
    'operators',
  ],
  ['||W||_F', (_, { weight }) => digits(weight?.frobenius)],
  ['stable rank', (_, { spectrum }) => written(spectrum?.stableRank, (rank) => rank.toFixed(2))],
  ['eff. rank', (_, { spectrum }) => written(spectrum?.effectiveRank, (rank) => rank.toFixed(1))],
  ['<0.1', (_, { spectrum }) => written(spectrum?.belowTenth, inPercent)],
];

function reportNetwork(
  network: NetworkListing,
  { listing, numbers, verdicts }: InspectedFile,
): string[] {
  const members = network.layers.flatMap(
    (name) => listing.layers.find((layer) => layer.name === name) ?? [],
  );
  const prefix = network.name === '' ? 0 : network.name.length + 1;
  const has: Readonly<Record<Need, boolean>> = {
    normalised: members.some(({ normalization }) => normalization !== 'none'),
    operators: members.some(({ name }) => numbers.get(name)?.operator),
  };
  const shown = columns.filter(([, , need]) => need === undefined || has[need]);
  const rows = members.map((layer) => [
    layer.name.slice(prefix),
    ...shown.map(([, cell]) => cell(layer, numbers.get(layer.name) ?? {})),
  ]);
  const verdict = verdicts.get(network.name);
  return [
    `${networkName(network)}${network.role === 'unknown' || network.name === '' ? '' : ` (${network.role})`}`,
    ...tableLines(['layer', ...shown.map(([title]) => title)], rows),
    ...members.flatMap(({ name }) => {
      const why = numbers.get(name)?.refused;
      return why === undefined ? [] : wrapped(why, `${name}: `);
    }),
    ...(verdict ? wrapped(verdictText(verdict, listing)) : []),
    ...warningLines(verdict?.warnings ?? []),
  ];
}

/** Headlines of warnings, and below those of one kind what they mean, once. */
function warningLines(warnings: readonly Warning[]): string[] {
  const titles = new Map<string, string[]>();
  for (const warning of warnings) {
    const { title, detail } = warningText(warning);
    titles.set(detail, [...(titles.get(detail) ?? []), title]);
  }
  return [...titles].flatMap(([detail, all]) => [
    ...all.flatMap((title) => wrapped(title, '! ')),
    ...wrapped(detail, '  '),
  ]);
}

function closingLines({ listing, numbers }: InspectedFile): string[] {
  const guessed = listing.layers.find((layer) => layer.guessed.length > 1);
  const passedOver = listing.layers.filter(({ name, flaw }) => {
    const found = numbers.get(name);
    return flaw === undefined && found?.refused === undefined && !found?.operator;
  });
  return [
    ...(guessed
      ? [
          '',
          ...wrapped(
            'What has ? is guessed from names and shapes. Correct it where it is wrong (kind, stride, padding, dilation, groups, outputPadding, inputSize), for example:',
          ),
          `  --correct ${guessed.name}.stride=2`,
        ]
      : []),
    ...(passedOver.length > 0
      ? [
          '',
          ...wrapped(
            `What takes long of ${passedOver.length} layers, true norms of generators among it, was passed over; --full computes it, too.`,
          ),
        ]
      : []),
  ];
}
