import type { Normalization, TensorListing } from '../../shared/inspection';
import { type AxisOrder, type FoundLayer, segmentsOf, torchShape } from './foundLayer';

/** What is found among the arrays of a file that does not describe its layers itself. */
export interface Findings {
  readonly layers: readonly FoundLayer[];
  /** Whether they are any matrices, because no name in the file is known. */
  readonly bare: boolean;
  /** Names of layers that scale by statistics or learned factors: batch norm and its kin. */
  readonly scalings: readonly string[];
  /** Sentences about arrays that look like layers and cannot be judged. */
  readonly flaws: readonly string[];
}

/** A way to call the arrays of a layer. Names are what follows the layer's own name. */
interface NamingScheme {
  /** What the name of the weight ends with. */
  readonly weight: RegExp;
  readonly order: AxisOrder;
  readonly u: readonly string[];
  readonly v: readonly string[];
  readonly bias: readonly string[];
  /** What the layer is where it has no u. */
  readonly withoutU: Normalization;
  /** Whether the weight was saved divided already, so that u is of no use but to tell that. */
  readonly savedNormalized?: boolean;
}

/** In this order a layer's names are looked for; one that was found is not found again. */
const schemes: readonly NamingScheme[] = [
  {
    // torch.nn.utils.parametrizations.spectral_norm
    weight: /(?:^|\.)parametrizations\.weight\.original$/,
    order: 'torch',
    u: [0, 1, 2].map((i) => `.parametrizations.weight.${i}._u`),
    v: [0, 1, 2].map((i) => `.parametrizations.weight.${i}._v`),
    bias: ['.bias'],
    withoutU: 'missing',
  },
  {
    // torch.nn.utils.spectral_norm
    weight: /(?:^|\.)weight_orig$/,
    order: 'torch',
    u: ['.weight_u'],
    v: ['.weight_v'],
    bias: ['.bias'],
    withoutU: 'missing',
  },
  {
    // Plain layers, and normalised ones of code that keeps the left vector alone.
    weight: /(?:^|\.)weight$/,
    order: 'torch',
    u: ['.u', '.u0', '.sn_u', '.weight_u'],
    v: [],
    bias: ['.bias'],
    withoutU: 'none',
  },
  {
    // Chainer
    weight: /(?:^|\/)W$/,
    order: 'torch',
    u: ['/u'],
    v: [],
    bias: ['/b'],
    withoutU: 'none',
  },
  ...(['kernel', 'depthwise_kernel', 'pointwise_kernel'] as const).map((leaf): NamingScheme => ({
    weight: new RegExp(`(?:^|/)${leaf}(?::0)?$`),
    order: leaf === 'depthwise_kernel' ? 'depthwise' : 'keras',
    u: ['/u', '/u:0'],
    v: [],
    bias: ['/bias', '/bias:0'],
    withoutU: 'none',
  })),
  {
    // Entries come first in every framework.
    weight: /(?:^|\/)embeddings(?::0)?$/,
    order: 'torch',
    u: ['/u', '/u:0'],
    v: [],
    bias: [],
    withoutU: 'none',
  },
];

/** Where TensorFlow Addons and Keras keep u, beside a kernel that they overwrite with W / sigma. */
const overwritingVectors = /(?:^|\/)(?:sn_u|vector_u)(?::0)?$/;
const optimizer = /^(?:adam|rmsprop|sgd|optim(?:i[sz]er)?)(?:$|[_:-])/i;
const floats = /^(?:[<>=|]?f\d|b?f(?:loat)?\d|half|double)/i;
/** Names that one-dimensional factors and statistics of batch norm and its kin have. */
const scaling =
  /(?:^|[./])(?:weight|gamma|gammas?\/W|scale|running_var|avg_var|moving_variance)(?::0)?$/;

/** Finds the linear layers among arrays by their names and shapes, in the order of the arrays. */
export function findLayers(tensors: readonly TensorListing[]): Findings {
  const sound = tensors.filter(
    ({ name, dtype }) =>
      floats.test(dtype) && !segmentsOf(name).some((part) => optimizer.test(part)),
  );
  const names = new Set(sound.map(({ name }) => name));
  const flaws = weightNorms(sound);
  const overwritten = sound.filter(({ name }) => overwritingVectors.test(name)).length;
  if (overwritten > 0) {
    flaws.push(
      `${overwritten} layers were normalised by TensorFlow Addons or Keras, which save each kernel already divided: kernels are taken as they are.`,
    );
  }
  const layers = new Map<string, { at: number; layer: FoundLayer }>();
  for (const scheme of schemes) {
    sound.forEach((tensor, at) => {
      const layer = layerOf(tensor, scheme, names);
      if (layer === undefined || layers.has(layer.name)) return;
      if (names.has(`${layer.name}.weight_mask`)) {
        flaws.push(`${layer.name} was pruned; its weight is shown without the mask.`);
      }
      layers.set(layer.name, { at, layer });
    });
  }
  const found = [...layers.values()].sort((a, b) => a.at - b.at).map(({ layer }) => layer);
  const odd = sound.filter(
    ({ name, shape }) => shape.length > 4 && /(weight|W|kernel)$/.test(name),
  );
  if (odd.length > 0) {
    flaws.push(
      `${odd.length} weights have more than four sides, the first of them ${odd[0].name}: only layers of images and vectors are judged.`,
    );
  }
  return {
    layers: found.length > 0 ? found : bareMatrices(sound),
    bare: found.length === 0,
    scalings: sound
      .filter(({ name, shape }) => shape.length === 1 && shape[0] > 1 && scaling.test(name))
      .map(({ name }) => name),
    flaws,
  };
}

function layerOf(
  { name, shape, dtype }: TensorListing,
  scheme: NamingScheme,
  names: ReadonlySet<string>,
): FoundLayer | undefined {
  const match = scheme.weight.exec(name);
  const inTorch = match && torchShape(shape, scheme.order);
  if (!inTorch) return undefined;
  const base = name.slice(0, match.index);
  // A layer without a name of its own: its arrays are called weight, u, …
  const of = (leaf: string): string => (base === '' ? leaf.slice(1) : base + leaf);
  const first = (leaves: readonly string[]): string | undefined =>
    leaves.map(of).find((candidate) => names.has(candidate));
  const [u, v, bias] = [first(scheme.u), first(scheme.v), first(scheme.bias)];
  return {
    name: base === '' ? name : base,
    weight: name,
    ...(u !== undefined && { u }),
    ...(v !== undefined && { v }),
    ...(bias !== undefined && { bias }),
    order: scheme.order,
    shape: inTorch,
    dtype,
    normalization: u === undefined ? scheme.withoutU : 'stored',
  };
}

/** Sentences about weight normalisation, whose sigma is not what its layers are divided by. */
function weightNorms(tensors: readonly TensorListing[]): string[] {
  const named = tensors.filter(({ name }) =>
    /(?:^|\.)(?:weight_g|parametrizations\.weight\.original0)$/.test(name),
  );
  if (named.length === 0) return [];
  return [
    `${named.length} layers use weight normalisation, the first of them ${named[0].name}: their weights are made of two arrays and are not judged here.`,
  ];
}

/** Arrays of a file without any names that are known: every matrix or kernel is taken for a layer. */
function bareMatrices(tensors: readonly TensorListing[]): FoundLayer[] {
  return tensors.flatMap(({ name, shape, dtype }) => {
    const inTorch = /(?:^|[._/])(?:weight_[guv]|original[01]|exp_avg(?:_sq)?|m|v|_?u)$/.test(name)
      ? undefined
      : torchShape(shape, 'torch');
    if (!inTorch || inTorch.every((side) => side === 1)) return [];
    return [
      { name, weight: name, order: 'torch', shape: inTorch, dtype, normalization: 'none' } as const,
    ];
  });
}
