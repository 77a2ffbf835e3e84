import { configJsonSchema, type PresetName } from '../shared/config';
import { defaults, presets, resolveConfig } from './presets';

/** A part of the JSON Schema, as far as it is looked at here. */
interface SchemaNode {
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
}

/**
 * The JSON Schema of config files with what editors show beyond the rules: in hovers the default of
 * each key and which presets set it otherwise, in completion the default value, what each choice
 * means, and whole configs to begin with. The keys that only editors know are VS Code's.
 */
export function editorSchema(): object {
  const schema = configJsonSchema();
  return {
    ...described(schema, []),
    // The engine takes both; without this the editor would warn of them.
    allowComments: true,
    allowTrailingCommas: true,
    defaultSnippets: snippets,
  };
}

const presetNames = Object.keys(presets) as PresetName[];

function described(node: SchemaNode, path: readonly string[]): object {
  if (node.properties) {
    const entries = Object.entries(node.properties);
    const section = sections[path.join('.')];
    return {
      ...node,
      ...(section !== undefined && { markdownDescription: section }),
      properties: Object.fromEntries(
        entries.map(([key, child]) => [key, described(child, [...path, key])]),
      ),
    };
  }
  const standard = valueAt(defaults, path);
  const meanings = choices[path.join('.')];
  return {
    ...node,
    ...(node.description !== undefined && {
      markdownDescription: [node.description, ...origins(path)].join('\n\n'),
    }),
    ...(standard !== undefined && { default: standard }),
    ...(node.enum && meanings && { enumDescriptions: node.enum.map((v) => meanings[String(v)]) }),
  };
}

/** Where the value of a key comes from when a file leaves it out; nothing for keys without one. */
function origins(path: readonly string[]): string[] {
  const standard = valueAt(defaults, path);
  if (standard === undefined) return [];
  const namesByValue = new Map<string, PresetName[]>();
  for (const name of presetNames) {
    const value = JSON.stringify(valueAt(resolveConfig({ preset: name }), path));
    if (value === JSON.stringify(standard)) continue;
    namesByValue.set(value, [...(namesByValue.get(value) ?? []), name]);
  }
  const others = [...namesByValue].map(([value, names]) => `${names.join(', ')}: \`${value}\``);
  const except = others.length === 0 ? '' : `; preset ${others.join('; ')}`;
  return [`Default: \`${JSON.stringify(standard)}\`${except}.`];
}

function valueAt(section: object, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key],
    section,
  );
}

/** Adam and the ratio of updates of a preset, in a few words. */
function settingsOf(preset: PresetName): string {
  const { optimizer, nDis, steps, network } = resolveConfig({ preset });
  const { learningRate, beta1, beta2 } = optimizer;
  return `${network.architecture}; Adam ${learningRate} (${beta1}, ${beta2}), ${nDis} D per G, ${steps} steps.`;
}

/** What the sections are about, by key. */
const sections: Readonly<Record<string, string>> = {
  data: 'The images: where they are, and how they are made ready.',
  network: 'The shape of the generator and the discriminator.',
  spectralNorm: 'How the weights of the discriminator are normalised.',
  optimizer: 'Adam, for both networks.',
  batch: 'How many images an update sees.',
  ema: 'The moving average of the generator that samples are drawn from.',
  log: 'How densely the curves are recorded.',
  samples: 'The grids of samples.',
  checkpoints: 'What a training can be resumed from, and how much of it is kept.',
};

/** What choices mean that do not speak for themselves, by key. */
const choices: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  preset: Object.fromEntries(presetNames.map((name) => [name, settingsOf(name)])),
  'network.architecture': {
    cnn: 'The standard CNN of Table 3.',
    'cnn-wide': 'The wider CNN of the authors’ code.',
    resnet: 'The ResNet of Table 4 (32 px) or Table 5 (48 and 64 px).',
    quick: 'A small network for a first look and for laptops.',
  },
  'network.latent': { normal: 'N(0, I), as in the paper.', uniform: 'U(-1, 1).' },
  loss: {
    hinge: 'D: E[max(0, 1 - D(x))] + E[max(0, 1 + D(G(z)))]; G: -E[D(G(z))].',
    'hinge-clamp': 'The hinge minus 2, as the authors’ code writes it; the same gradients.',
    'non-saturating': 'Cross entropy, with G minimising -E[log D(G(z))].',
    wasserstein: 'D: E[D(G(z))] - E[D(x)]; G: -E[D(G(z))].',
  },
  'data.resize': { area: 'The average of the pixels below.', lanczos: 'Sharper; may ring.' },
  precision: {
    f32: 'Single precision throughout.',
    bf16: 'Convolutions and what lies between them in bfloat16.',
  },
  runtime: {
    auto: 'The fastest that works on this machine.',
    tensorflow: 'Native TensorFlow, on the processor or an NVIDIA card.',
    webgpu: 'The graphics card of any vendor.',
    wasm: 'WebAssembly; works everywhere.',
  },
};

/** `$1` is where the cursor goes first. */
const snippets = [
  {
    label: 'A first look',
    description: 'The quick preset on the built-in images.',
    body: { name: '${1:first look}', preset: 'quick', data: { source: 'emoji-32' } },
  },
  {
    label: 'Own images',
    description: 'The CNN of the paper on a folder of images.',
    body: {
      name: '${1:my run}',
      preset: 'C',
      data: { source: '${2:./images}', size: 32, flip: true },
      steps: 20_000,
    },
  },
  {
    label: 'ResNet of the paper',
    description: 'For a graphics card.',
    body: { name: '${1:resnet}', preset: 'resnet', data: { source: '${2:./images}' } },
  },
];
