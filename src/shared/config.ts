import { z } from 'zod';

/**
 * The training config: one schema gives the TypeScript types, the validation of `*.sngan.json`
 * and the JSON Schema of the editor. Sections are complete here; a config file may leave out any
 * key, which then comes from its preset (src/gan/presets.ts).
 */

export const architectures = ['cnn', 'cnn-wide', 'resnet', 'quick'] as const;
export const losses = ['hinge', 'hinge-clamp', 'non-saturating', 'wasserstein'] as const;
export const latentDistributions = ['normal', 'uniform'] as const;
export const presetNames = ['A', 'B', 'C', 'D', 'E', 'F', 'resnet', 'quick'] as const;
export const runtimeNames = ['auto', 'tensorflow', 'webgpu', 'wasm'] as const;
export const imageSizes = [32, 48, 64] as const;
export const precisions = ['f32', 'bf16'] as const;
export const resizeFilters = ['area', 'lanczos'] as const;

export type Architecture = (typeof architectures)[number];
export type LatentDistribution = (typeof latentDistributions)[number];
export type LossName = (typeof losses)[number];
/** Type of the numbers that convolutions work in. */
export type Precision = (typeof precisions)[number];
export type PresetName = (typeof presetNames)[number];
export type ImageSize = (typeof imageSizes)[number];
export type ResizeFilter = (typeof resizeFilters)[number];
/** A runtime that was asked for; `auto` leaves the choice to the machine. */
export type RuntimeChoice = (typeof runtimeNames)[number];
/** A runtime that computes. */
export type RuntimeName = Exclude<RuntimeChoice, 'auto'>;

const count = z.int().min(1);
const interval = z.int().min(0);

const data = z.strictObject({
  source: z
    .string()
    .min(1)
    .describe(
      'Where the images are: `emoji-32` (built in), a folder, or a file (zip, tar, tar.gz, CIFAR .bin, IDX, .npz, .npy, .parquet). A relative path starts at the config file.',
    ),
  size: z
    .literal(imageSizes)
    .describe(
      'Side of the square training images in pixels; other images are cropped and resized.',
    ),
  resize: z
    .enum(resizeFilters)
    .describe('Filter for images of another size: `area` averages, `lanczos` is sharper.'),
  flip: z.boolean().describe('Mirror each image horizontally with probability one half.'),
  dequantise: z
    .boolean()
    .describe('Add uniform noise of one grey level, U(0, 1/128), as the official code does.'),
  maxDamaged: interval.describe('How many unreadable files to skip before the set is refused.'),
});

const network = z.strictObject({
  architecture: z
    .enum(architectures)
    .describe(
      '`cnn`: Table 3 of the paper. `cnn-wide`: the wider network of the official code. `resnet`: Table 4 (32 px) or 5 (48, 64 px). `quick`: a small network for laptops.',
    ),
  width: z.number().min(0.05).max(8).describe('Multiplies every hidden channel count.'),
  latentDim: count.max(4096).describe('Dimension of the latent vector z.'),
  latent: z
    .enum(latentDistributions)
    .describe('Distribution of z: N(0, I), as in the paper, or U(-1, 1), as in its CNN code.'),
});

const spectralNorm = z.strictObject({
  enabled: z.boolean().describe('Normalise every layer of the discriminator by its spectral norm.'),
  nPowerIterations: count.max(100).describe('Power iterations per advance of u.'),
  warmUpIterations: z
    .int()
    .min(15)
    .max(1000)
    .describe('Power iterations when the network is built, so that sigma is right from step 1.'),
  perForward: z
    .boolean()
    .describe(
      'Advance u in every forward pass of D, as the official code does, instead of once per D update.',
    ),
});

const optimizer = z.strictObject({
  learningRate: z.number().min(0).max(1).describe('Learning rate (alpha) of Adam.'),
  beta1: z.number().min(0).lt(1).describe('Decay of the first moment of Adam.'),
  beta2: z.number().min(0).lt(1).describe('Decay of the second moment of Adam.'),
  epsilon: z.number().positive().describe('Added to the root of the second moment.'),
  decayFrom: z
    .int()
    .min(0)
    .nullable()
    .describe(
      'Step from which the learning rate falls linearly to 0 at the last step; null, or a step beyond the last: never.',
    ),
});

const batch = z.strictObject({
  discriminator: count.max(4096).describe('Real images, and as many generated ones, per D update.'),
  generator: count.max(4096).describe('Generated images per G update.'),
});

const ema = z.strictObject({
  decay: z
    .number()
    .min(0)
    .lt(1)
    .describe("Decay of the moving average of G's weights that samples are drawn from; 0: off."),
  from: interval.describe('Step at which averaging begins; before it the average equals G.'),
});

const log = z.strictObject({
  every: count.describe('Steps between two lines of scalars.jsonl.'),
});

const samples = z.strictObject({
  every: interval.describe('Steps between two sample grids; 0: none.'),
  count: count.max(1024).describe('Images in a grid, always from the same latents.'),
});

const checkpoints = z.strictObject({
  every: interval.describe('Steps between two checkpoints; 0: only the last one.'),
  keepLast: count.describe('How many of the newest checkpoints are kept.'),
  keepEvery: interval.describe('Checkpoints at multiples of this step are kept for ever; 0: none.'),
});

const name = z.string().min(1).max(120).describe('Name of the run.');
const preset = z
  .enum(presetNames)
  .describe(
    'Settings to start from. A-F: the optimiser settings of Table 1. `resnet`: the paper’s ResNet. `quick`: small and fast.',
  );
const loss = z
  .enum(losses)
  .describe('`hinge-clamp` is hinge minus 2, with the same gradients; `non-saturating` is eq. 15.');
const nDis = count.max(100).describe('Updates of D per update of G.');
const steps = count.describe('Updates of G to train for.');
const seed = z.int().min(0).max(0xffffffff).describe('Seed of all randomness of the run.');
const runtime = z
  .enum(runtimeNames)
  .describe('What computes; `auto` takes the fastest that works on this machine.');
const precision = z
  .enum(precisions)
  .describe(
    'Numbers that convolutions work in: `f32`, or `bf16` (bfloat16: half the bytes, 3 digits), which is faster in wide networks where the processor or card has it, and slower in narrow ones; samples of wide ones lag behind those of `f32`. Weights, sigma, batch statistics and Adam stay in float32. Needs the runtime tensorflow, which `auto` then takes.',
  );
const runsFolder = z.string().min(1).describe('Folder in which the run folder is made.');

/** A complete config: what a run is made from and what is stored in its folder. */
export const trainConfigSchema = z.strictObject({
  name,
  preset,
  data,
  network,
  spectralNorm,
  loss,
  optimizer,
  nDis,
  batch,
  steps,
  ema,
  seed,
  runtime,
  // Runs of earlier versions do not say.
  precision: precision.default('f32'),
  log,
  samples,
  checkpoints,
  runsFolder,
});

/** A config file as a person writes it: every key may be left out. */
export const configFileSchema = z
  .strictObject({
    $schema: z.string().describe('Address of this schema, for editors.'),
    name,
    preset,
    data: data.partial(),
    network: network.partial(),
    spectralNorm: spectralNorm.partial(),
    loss,
    optimizer: optimizer.partial(),
    nDis,
    batch: batch.partial(),
    steps,
    ema: ema.partial(),
    seed,
    runtime,
    precision,
    log: log.partial(),
    samples: samples.partial(),
    checkpoints: checkpoints.partial(),
    runsFolder,
  })
  .partial();

export type TrainConfig = z.infer<typeof trainConfigSchema>;
export type ConfigFile = z.infer<typeof configFileSchema>;

/** The JSON Schema of a config file, for completion and hovers in editors. */
export function configJsonSchema(): object {
  return z.toJSONSchema(configFileSchema, { target: 'draft-7' });
}
