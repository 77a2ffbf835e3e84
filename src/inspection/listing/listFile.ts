import type {
  Corrections,
  FileListing,
  GeometryKey,
  LayerListing,
  NetworkListing,
} from '../../shared/inspection';
import type { WeightFile } from '../../weights/weightFile';
import { findLayers } from './findLayers';
import { foreignNetworks } from './foreignNetworks';
import type { FoundLayer } from './foundLayer';
import { flawOf, matrixSides } from './layerSizes';
import type { NetworkDraft } from './networkDraft';
import { isCostly } from './layerCost';
import { readOwnMetadata } from './ownMetadata';
import { ownNetworks } from './ownNetworks';
import { ownRun } from './ownRun';
import { writerOf } from './writerOf';

/** A listing, and what is needed beside it to read the layers. */
export interface Described {
  readonly listing: FileListing;
  /** By the layer's name. */
  readonly found: ReadonlyMap<string, FoundLayer>;
}

/** What is known of a weight file before any of its arrays is read. */
export async function listFile(
  weights: WeightFile,
  corrections: Corrections,
): Promise<FileListing> {
  return (await describeFile(weights, corrections)).listing;
}

/** The same as {@link listFile}, with how the arrays of the layers lie in the file. */
export async function describeFile(
  weights: WeightFile,
  corrections: Corrections,
): Promise<Described> {
  const { file, format, bytes, tensors, metadata } = weights;
  const own = readOwnMetadata(metadata);
  const findings = own ? undefined : findLayers(tensors);
  const { networks, flaws } = own
    ? ownNetworks(own, tensors, corrections)
    : foreignNetworks(findings ?? findLayers(tensors), format, corrections);
  const run = own && (await ownRun(file));
  const listing: FileListing = {
    file,
    format,
    bytes,
    writer: writerOf(weights, own !== undefined),
    tensors,
    metadata,
    layers: networks.flatMap((network) => layersOf(network, corrections)),
    networks: networks.map(networkOf),
    ...(own?.config && {
      own: { step: own.step, config: own.config, ...(run ?? { checkpoints: [] }) },
    }),
    flaws: [
      ...weights.flaws,
      ...(findings?.flaws ?? []),
      ...flaws,
      ...(own && !own.config
        ? ['Its config was written by another version of SN-GAN and cannot be read.']
        : []),
      ...(networks.length === 0 ? ['No array looks like the weight of a linear layer.'] : []),
    ],
  };
  const found = new Map(
    networks.flatMap(({ layers }) => layers.map((layer) => [layer.name, layer] as const)),
  );
  return { listing, found };
}

function networkOf({ name, role, layers, structure, described }: NetworkDraft): NetworkListing {
  return {
    name,
    role,
    layers: layers.map((layer) => layer.name),
    ...(structure && { structure }),
    structureGuessed: structure !== undefined && !described,
  };
}

const keysOfImages: readonly GeometryKey[] = [
  'kind',
  'stride',
  'padding',
  'dilation',
  'groups',
  'inputSize',
];

function layersOf(network: NetworkDraft, corrections: Corrections): LayerListing[] {
  return network.layers.flatMap((found) => {
    const geometry = network.geometries.get(found.name);
    if (!geometry) return [];
    const { name, weight, u, v, bias, shape, dtype, normalization } = found;
    const corrected = Object.keys(corrections[name] ?? {}) as GeometryKey[];
    const keys: readonly GeometryKey[] =
      geometry.kind === 'convTranspose'
        ? [...keysOfImages, 'outputPadding']
        : geometry.kind === 'conv'
          ? keysOfImages
          : ['kind'];
    const [rows, columns] = matrixSides(shape, geometry.kind);
    const flaw = flawOf(shape, geometry);
    return [
      {
        name,
        weight,
        ...(u !== undefined && { u }),
        ...(v !== undefined && { v }),
        ...(bias !== undefined && { bias }),
        shape,
        dtype,
        rows,
        columns,
        normalization,
        geometry,
        guessed: network.described ? [] : keys.filter((key) => !corrected.includes(key)),
        corrected,
        ...(flaw !== undefined && { flaw }),
        costly: isCostly(shape, geometry),
      },
    ];
  });
}
