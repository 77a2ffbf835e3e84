import { resolveConfig } from '../../src/gan/presets';
import type {
  FileListing,
  GeometryKey,
  LayerGeometry,
  LayerKind,
  LayerListing,
  LayerNumbers,
  NetworkListing,
  NetworkVerdict,
  TensorListing,
} from '../../src/shared/inspection';

/** Inspections of files that never were, for tests of the page that shows them. */

interface Sketch {
  readonly name: string;
  readonly kind: LayerKind;
  readonly shape: readonly number[];
  readonly stride?: number;
  readonly padding?: number;
  readonly input?: number;
}

const conv = (name: string, shape: readonly number[], stride: number, input: number): Sketch => ({
  name,
  kind: 'conv',
  shape,
  stride,
  padding: 1,
  input,
});

/** The discriminator of the `quick` preset. */
const quick: readonly Sketch[] = [
  conv('conv1', [12, 3, 3, 3], 1, 32),
  conv('conv2', [24, 12, 4, 4], 2, 32),
  conv('conv3', [48, 24, 4, 4], 2, 16),
  conv('conv4', [96, 48, 4, 4], 2, 8),
  { name: 'fc', kind: 'dense', shape: [1, 1536] },
];
/** That of the paper's Table 3. */
const table3: readonly Sketch[] = [
  conv('conv1', [64, 3, 3, 3], 1, 32),
  conv('conv2', [64, 64, 4, 4], 2, 32),
  conv('conv3', [128, 64, 3, 3], 1, 16),
  conv('conv4', [128, 128, 4, 4], 2, 16),
  conv('conv5', [256, 128, 3, 3], 1, 8),
  conv('conv6', [256, 256, 4, 4], 2, 8),
  conv('conv7', [512, 256, 3, 3], 1, 4),
  { name: 'fc', kind: 'dense', shape: [1, 8192] },
];
/** The generator of the `quick` preset. */
const generator: readonly Sketch[] = [
  { name: 'fc', kind: 'dense', shape: [1536, 128] },
  conv('conv1', [48, 96, 3, 3], 1, 8),
  conv('conv2', [24, 48, 3, 3], 1, 16),
  conv('conv3', [12, 24, 3, 3], 1, 32),
  conv('conv', [3, 12, 3, 3], 1, 32),
];

export const QUICK = '/runs/20261123-first-look/checkpoints/step-000800.safetensors';
export const TABLE3 = '/runs/20261120-cifar/checkpoints/step-100000.safetensors';
export const FOREIGN = '/home/somebody/models/discriminator-epoch-40.pth';

/** A checkpoint of ours with the discriminator and the generator of the `quick` preset. */
export function inventedQuick(change: Partial<FileListing> = {}): FileListing {
  return ownFile(QUICK, quick, 800, [200, 400, 600, 800], change);
}

/** A checkpoint of ours with the discriminator of the paper's Table 3. */
export function inventedTable3(change: Partial<FileListing> = {}): FileListing {
  return ownFile(TABLE3, table3, 100_000, [25_000, 50_000, 75_000, 100_000], change);
}

/** A discriminator that PyTorch saved with its old hook: all geometry is guessed, one u is lost. */
export function inventedForeign(change: Partial<FileListing> = {}): FileListing {
  const layers = quick.map((sketch, i): LayerListing => {
    const name = `module.main.${2 * i}`;
    const layer = layerOf('', { ...sketch, name });
    const lost = i === 2;
    const keys: GeometryKey[] = ['kind', 'stride', 'padding', 'dilation', 'groups', 'inputSize'];
    const { u, v, ...rest } = layer;
    return {
      ...rest,
      weight: `${name}.weight_orig`,
      ...(!lost && u !== undefined && v !== undefined && { u: `${name}.weight_u` }),
      ...(!lost && u !== undefined && v !== undefined && { v: `${name}.weight_v` }),
      normalization: lost ? 'missing' : 'stored',
      guessed: sketch.kind === 'dense' ? ['kind'] : keys,
    };
  });
  return {
    file: FOREIGN,
    format: 'torch',
    bytes: 402_311,
    writer: 'PyTorch',
    tensors: layers.flatMap(arraysOf),
    metadata: {},
    layers,
    networks: [networkOf('module.main', 'unknown', layers, true)],
    flaws: ['optimizer.state holds no arrays and was left out.'],
    ...change,
  };
}

/** A file with as many convolutions as wished, with names as long as wished. */
export function inventedLong(count: number, length = 12): FileListing {
  const layers = Array.from({ length: count }, (_, i) => {
    const name = `layers.${i}.`.padEnd(length, 'convolution');
    return layerOf('', conv(name, [24, 24, 3, 3], 1, 16));
  });
  return inventedForeign({
    file: `/models/${'a-model-with-a-long-name-'.repeat(4)}${count}.safetensors`,
    format: 'safetensors',
    layers,
    tensors: layers.flatMap(arraysOf),
    networks: [networkOf('', 'discriminator', layers, true)],
    flaws: [],
  });
}

/** Numbers of a layer, the same for the same layer and seed; its spectrum falls like a real one. */
export function inventedNumbers(layer: LayerListing, seed = 1): Required<LayerPart> {
  const { rows, columns, geometry, normalization } = layer;
  const noise = noiseOf(seed + layer.name.length + rows);
  const count = Math.min(rows, columns);
  const largest = 1.1 + 0.4 * noise() + rows / 200;
  const values = Float64Array.from({ length: count }, (_, i) => {
    const share = count === 1 ? 0 : i / (count - 1);
    return largest * (1 - 0.93 * share ** 0.6) * (1 - 0.01 * Math.abs(noise()) * Math.sign(i));
  }).sort((a, b) => b - a);
  const squares = values.reduce((sum, value) => sum + value * value, 0);
  const total = values.reduce((sum, value) => sum + value, 0);
  const entropy = values.reduce((sum, value) => {
    return value === 0 ? sum : sum - (value / total) * Math.log(value / total);
  }, 0);
  const estimate = normalization === 'none' ? null : largest * (1 - 0.01 * Math.abs(noise()));
  const stretch = geometry.kind === 'dense' ? 1 : geometry.stride[0] === 1 ? 1.65 : 1.24;
  const norm = largest * stretch;
  const factor = geometry.kind === 'dense' ? 1 : geometry.stride[0] === 1 ? 3 : 2;
  const convolution = geometry.kind === 'conv' || geometry.kind === 'convTranspose';
  const size = layer.shape.reduce((a, b) => a * b, 1);
  return {
    weight: {
      frobenius: Math.sqrt(squares),
      largest: (4 * Math.sqrt(squares)) / Math.sqrt(size),
      mean: 0.0004 * noise(),
      nan: 0,
      infinite: 0,
      histogram: bell(size),
      estimate,
    },
    spectrum: {
      values,
      condition: values[0] / values[count - 1],
      stableRank: squares / values[0] ** 2,
      effectiveRank: Math.exp(entropy),
      belowTenth: values.filter((value) => value < values[0] / 10).length / count,
      estimateError: estimate === null ? null : (estimate - values[0]) / values[0],
      normalized: estimate === null ? null : values[0] / estimate,
    },
    operator: {
      norm: { value: norm, certainty: convolution ? 'estimate' : 'exact' },
      tolerance: convolution ? 1e-4 : 0,
      iterations: convolution ? 34 : 0,
      ...(convolution && { circular: { value: norm * 1.02, certainty: 'exact' as const } }),
      bounds: convolution
        ? [
            { method: 'outputs', value: factor * values[0] },
            { method: 'inputs', value: factor * values[0] * 0.94 },
            { method: 'rows', value: factor * values[0] * 0.83 },
            { method: 'columns', value: factor * values[0] * 0.81 },
            { method: 'circular', value: norm * 1.04 },
          ]
        : [],
      upper: convolution ? norm * 1.04 : norm,
    },
  };
}
type LayerPart = Pick<LayerNumbers, 'weight' | 'spectrum' | 'operator'>;

/** The verdict on a network whose layers have invented numbers. */
export function inventedVerdict(
  listing: FileListing,
  network = listing.networks[0],
  seed = 1,
): NetworkVerdict {
  const layers = listing.layers.filter(({ name }) => network.layers.includes(name));
  const used = layers.map((layer) => {
    const { weight, spectrum, operator } = inventedNumbers(layer, seed);
    const divisor = weight.estimate ?? 1;
    return {
      sigma: spectrum.values[0] / divisor,
      norm: operator.norm.value / divisor,
      upper: operator.upper / divisor,
    };
  });
  const product = (key: 'sigma' | 'norm' | 'upper'): number =>
    used.reduce((all, layer) => all * layer[key], 1);
  const stretched = layers.find(({ geometry }) => geometry.kind === 'conv');
  return {
    network: network.name,
    product: product('sigma'),
    upper: network.structure ? product('upper') : null,
    tightUpper: network.structure ? product('norm') : null,
    warnings: [
      ...(stretched
        ? [{ kind: 'operatorNorm' as const, layer: stretched.name, value: used[0].norm }]
        : []),
      ...layers
        .filter(({ normalization }) => normalization === 'missing')
        .map(({ name }) => ({ kind: 'missingU' as const, layer: name, value: 0 })),
    ],
  };
}

function ownFile(
  file: string,
  discriminator: readonly Sketch[],
  step: number,
  steps: readonly number[],
  change: Partial<FileListing>,
): FileListing {
  const d = discriminator.map((sketch) => layerOf('d.', sketch));
  const g = generator.map((sketch) => layerOf('g.', sketch));
  const average = generator.map((sketch) => layerOf('g_ema.', sketch));
  const layers = [...d, ...g, ...average];
  const folder = file.replace(/\/[^/]*$/, '');
  const config = resolveConfig({
    name: 'first look',
    preset: 'quick',
    data: { source: 'emoji-32' },
  });
  const tensors = layers.flatMap(arraysOf);
  return {
    file,
    format: 'safetensors',
    bytes: 8 + tensors.reduce((sum, { bytes }) => sum + bytes, 2_400),
    writer: 'sn-gan',
    tensors,
    metadata: {
      format: 'sn-gan-1',
      step: String(step),
      config: JSON.stringify(config),
      layers: JSON.stringify(layers.map(({ name, geometry }) => ({ name, kind: geometry.kind }))),
    },
    layers,
    networks: [
      networkOf('d', 'discriminator', d, false),
      networkOf('g', 'generator', g, false),
      networkOf('g_ema', 'generator', average, false),
    ],
    own: {
      step,
      config: { ...config, steps: step },
      run: folder.replace(/\/checkpoints$/, ''),
      checkpoints: steps.map((one) => ({
        step: one,
        file: `${folder}/step-${String(one).padStart(6, '0')}.safetensors`,
      })),
    },
    flaws: [],
    ...change,
  };
}

function layerOf(prefix: string, sketch: Sketch): LayerListing {
  const { kind, shape, stride = 1, padding = 0, input = 1 } = sketch;
  const name = `${prefix}${sketch.name}`;
  const normalized = prefix === 'd.' || prefix === '';
  const own = `${name}.parametrizations.weight`;
  const geometry: LayerGeometry = {
    kind,
    stride: [stride, stride],
    padding: [padding, padding, padding, padding],
    dilation: [1, 1],
    groups: 1,
    outputPadding: [0, 0],
    inputSize: [input, input],
  };
  return {
    name,
    weight: normalized ? `${own}.original` : `${name}.weight`,
    ...(normalized && { u: `${own}.0._u`, v: `${own}.0._v` }),
    bias: `${name}.bias`,
    shape,
    dtype: 'F32',
    rows: shape[0],
    columns: shape.slice(1).reduce((a, b) => a * b, 1),
    normalization: normalized ? 'stored' : 'none',
    geometry,
    guessed: [],
    corrected: [],
    costly: false,
  };
}

function arraysOf(layer: LayerListing): TensorListing[] {
  const array = (name: string | undefined, shape: readonly number[]): TensorListing[] => {
    if (name === undefined) return [];
    return [{ name, dtype: 'F32', shape, bytes: 4 * shape.reduce((a, b) => a * b, 1) }];
  };
  return [
    ...array(layer.weight, layer.shape),
    ...array(layer.u, [layer.rows]),
    ...array(layer.v, [layer.columns]),
    ...array(layer.bias, [layer.shape[0]]),
  ];
}

function networkOf(
  name: string,
  role: NetworkListing['role'],
  layers: readonly LayerListing[],
  guessed: boolean,
): NetworkListing {
  const names = layers.map((layer) => layer.name);
  const parts = names.map((layer) => ({ kind: 'layer' as const, name: layer }));
  return {
    name,
    role,
    layers: names,
    ...(role !== 'generator' && { structure: { kind: 'sequence' as const, parts } }),
    structureGuessed: guessed,
  };
}

/** Counts of a bell with as many values as a weight has. */
function bell(size: number): { from: number; to: number; counts: number[] } {
  const heights = Array.from({ length: 64 }, (_, i) => Math.exp(-(((i - 31.5) / 10) ** 2) / 2));
  const sum = heights.reduce((a, b) => a + b, 0);
  return {
    from: -0.1,
    to: 0.1,
    counts: heights.map((height) => Math.round((height / sum) * size)),
  };
}

/** Numerical Recipes' generator, from -1 to 1: the same everywhere. */
function noiseOf(seed: number): () => number {
  let state = Math.imul(seed, 2654435761) >>> 0;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 31 - 1;
  };
}
