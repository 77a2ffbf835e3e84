import path from 'node:path';
import { InvalidArgumentError, Option, type Command } from 'commander';
import { replaceContents } from '../runs/atomicFile';
import { writeGrid } from '../runs/sampleGrid';
import { chooseRuntime } from '../runtime/choose';
import { loadRuntime } from '../runtime/load';
import { runtimeNames, type RuntimeChoice } from '../shared/config';
import { UserError } from '../shared/userError';
import { readCheckpoint } from '../trainer/checkpoint';
import { drawSamples } from '../trainer/drawSamples';
import { checkpointOf } from './checkpointArgument';
import { encodeNpz } from './npz';
import { note, printResult } from './output';
import { progressLine } from './progressLine';

interface SampleFlags {
  readonly n: number;
  readonly seed: number;
  readonly out?: string;
  readonly npz?: string;
  readonly runtime: RuntimeChoice;
}

/** Grids of more images are too large to look at. */
const MAX_GRID = 1024;
const MAX_COUNT = 100_000;
const MAX_SEED = 0xffffffff;

/** Adds `sn-gan sample <checkpoint>`. */
export function addSampleCommand(program: Command): void {
  program
    .command('sample')
    .description('Draw images from a checkpoint.')
    .argument('<checkpoint>', 'a .safetensors file of a run, or a run folder for its newest one')
    .option('-n <count>', `how many, up to ${MAX_COUNT}`, wholeNumber(1, MAX_COUNT), 64)
    .option('--seed <seed>', 'seed of the latents', wholeNumber(0, MAX_SEED), 1)
    .option('--out <file>', 'a PNG grid; samples.png unless --npz is given')
    .option('--npz <file>', 'latents `z` [n, latentDim] and `images` [n, h, w, 3] for numpy')
    .addOption(
      new Option('--runtime <name>', 'what computes').choices(runtimeNames).default('auto'),
    )
    .addHelpText(
      'after',
      `
The same seed gives the same images, and the first ones do not depend on how many are drawn.

Examples:
  sn-gan sample runs/20250314-101112-demo -n 64 --seed 1 --out grid.png
  sn-gan sample runs/20250314-101112-demo/checkpoints/step-001500.safetensors -n 5000 --npz out.npz`,
    )
    .action(sample);
}

async function sample(argument: string, flags: SampleFlags, command: Command): Promise<void> {
  const { n, seed, npz } = flags;
  const out = flags.out ?? (npz === undefined ? 'samples.png' : undefined);
  if (out !== undefined && n > MAX_GRID) {
    throw new UserError(
      `A grid holds at most ${MAX_GRID} images, and -n is ${n}; take fewer, or --npz alone.`,
    );
  }
  const checkpoint = await readCheckpoint(await checkpointOf(argument));
  const chosen = await chooseRuntime(flags.runtime);
  note(`Drawing with ${chosen.name}: ${chosen.reason}`);
  await loadRuntime(chosen.name);

  const { latents, latentDim, images } = drawSamples(checkpoint, { count: n, seed });
  const { size } = checkpoint.config.data;
  const imageLength = size * size * 3;
  const bytes = new Uint8ClampedArray(n * imageLength);
  const values = out === undefined ? undefined : new Float32Array(n * imageLength);
  const progress = progressLine('images');
  for await (const { first, count, data } of images) {
    refuseNaN(data, first, imageLength);
    values?.set(data, first * imageLength);
    // Assignment to a clamped array clips and rounds, as in the grids.
    for (let i = 0; i < data.length; i++) bytes[first * imageLength + i] = data[i] * 127.5 + 127.5;
    progress.update(first + count, n);
  }
  progress.stop();

  if (out !== undefined && values) {
    await writeGrid(out, { data: values, count: n, height: size, width: size });
  }
  if (npz !== undefined) {
    const archive = encodeNpz({
      z: { shape: [n, latentDim], data: latents },
      images: { shape: [n, size, size, 3], data: new Uint8Array(bytes.buffer) },
    });
    await replaceContents(npz, archive);
  }
  const { file, step } = checkpoint;
  const written = { out: absolute(out), npz: absolute(npz) };
  const result = { checkpoint: file, step, count: n, seed, runtime: chosen, ...written };
  printResult(command, result, () =>
    [written.out, written.npz].filter((path) => path !== null).map((path) => `Wrote ${path}.`),
  );
}

function absolute(file: string | undefined): string | null {
  return file === undefined ? null : path.resolve(file);
}

/** @throws UserError where an image holds NaN, which bytes cannot show */
function refuseNaN(data: Float32Array, first: number, imageLength: number): void {
  const at = data.findIndex((value) => Number.isNaN(value));
  if (at < 0) return;
  throw new UserError(
    `Sample ${first + Math.floor(at / imageLength) + 1} contains NaN: the generator's weights have diverged; use an earlier checkpoint.`,
  );
}

function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}
