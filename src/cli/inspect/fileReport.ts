import type { LayerListing, NetworkListing, Warning } from '../../shared/inspection';
import {
  inDigits,
  inPercent,
  networkName,
  verdictText,
  warningText,
} from '../../shared/inspectionWords';
import type { TrainConfig } from '../../shared/config';
import { tableLines } from '../table';
import type { InspectedFile } from './inspectedFile';
import { certain, describeGeometry, digits, usedNorm, usedUpper } from './layerColumns';

/** The lines that tell of one file: what it is, a table and a verdict for each network. */
export function reportFile(file: InspectedFile): string[] {
  const { listing } = file;
  return [
    listing.file,
    ...describeFile(file),
    ...listing.flaws.map((flaw) => `Note: ${flaw}`),
    ...listing.networks.flatMap((network) => ['', ...reportNetwork(network, file)]),
    ...closingLines(listing.layers),
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

const header = [
  'layer',
  'kind',
  'matrix',
  'estimate',
  'sigma',
  'error',
  'sigma(W/est)',
  'true norm',
  'bound',
  '||W||_F',
  'stable rank',
  'eff. rank',
  '<0.1',
];

function reportNetwork(
  network: NetworkListing,
  { listing, numbers, verdicts }: InspectedFile,
): string[] {
  const members = network.layers.flatMap(
    (name) => listing.layers.find((layer) => layer.name === name) ?? [],
  );
  const prefix = network.name === '' ? 0 : network.name.length + 1;
  const rows = members.map((layer) => {
    const found = numbers.get(layer.name) ?? {};
    const { weight, spectrum } = found;
    const { normalization, rows: high, columns } = layer;
    const upper = usedUpper(layer, found);
    return [
      layer.name.slice(prefix),
      describeGeometry(layer),
      `${high} x ${columns}`,
      normalization === 'none' ? 'not normalised' : digits(weight?.estimate),
      digits(spectrum?.values[0]),
      spectrum?.estimateError == null ? '-' : spectrum.estimateError.toExponential(1),
      spectrum?.normalized == null ? '-' : spectrum.normalized.toFixed(5),
      certain(usedNorm(layer, found)),
      upper === undefined ? '-' : `≤ ${inDigits(upper)}`,
      digits(weight?.frobenius),
      spectrum ? spectrum.stableRank.toFixed(2) : '-',
      spectrum ? spectrum.effectiveRank.toFixed(1) : '-',
      spectrum ? inPercent(spectrum.belowTenth) : '-',
    ];
  });
  const verdict = verdicts.get(network.name);
  return [
    `${networkName(network)}${network.role === 'unknown' || network.name === '' ? '' : ` (${network.role})`}`,
    ...tableLines(header, rows),
    ...members.flatMap(({ name }) => {
      const why = numbers.get(name)?.refused;
      return why === undefined ? [] : [`${name}: ${why}`];
    }),
    ...(verdict ? [verdictText(verdict, listing)] : []),
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
    ...all.map((title) => `! ${title}`),
    `  ${detail}`,
  ]);
}

function closingLines(layers: readonly LayerListing[]): string[] {
  const guessed = layers.find((layer) => layer.guessed.length > 1);
  const costly = layers.filter((layer) => layer.costly);
  return [
    ...(guessed
      ? [
          '',
          `Numbers with ? are guessed from names and shapes. Correct them where they are wrong, such as --correct ${guessed.name}.stride=2 (kind, stride, padding, dilation, groups, outputPadding, inputSize).`,
        ]
      : []),
    ...(costly.length > 0
      ? [
          '',
          `Layers that take long were passed over (${costly.length}); --full computes them, too.`,
        ]
      : []),
  ];
}
