import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { listFile } from '../inspection/listing/listFile';
import { MAX_FILES } from '../shared/checkpointPage';
import type { Corrections, FileListing } from '../shared/inspection';
import { UserError } from '../shared/userError';
import { openWeights } from '../weights/openWeights';
import { checkpointOf } from './checkpointArgument';
import { exitCode } from './exitCodes';
import { compareFiles } from './inspect/comparison';
import { assertLayers, parseCorrections } from './inspect/corrections';
import { reportFile } from './inspect/fileReport';
import type { InspectedFile } from './inspect/inspectedFile';
import { inspectionJson } from './inspect/inspectionJson';
import { reportLayer } from './inspect/layerReport';
import { runInspection } from './inspect/runInspection';
import { note, printResult } from './output';
import { progressLine } from './progressLine';

interface InspectFlags {
  readonly layer?: readonly string[];
  readonly correct?: readonly string[];
  readonly full?: boolean;
}

/** Adds `sn-gan inspect <file...>`. */
export function addInspectCommand(program: Command): void {
  const several = (value: string, before: readonly string[] = []): string[] => [...before, value];
  program
    .command('inspect')
    .description('Show the singular values and norms of the layers of any weight file.')
    .argument(
      '<file...>',
      'a weight file, or a run folder for its newest checkpoint; several are compared',
    )
    .option('--layer <name>', 'tell all of this layer only; may be repeated', several)
    .option(
      '--correct <name.key=value>',
      'say what is guessed wrongly of a layer; may be repeated',
      several,
    )
    .option('--full', 'also compute layers that take long, and true norms of generators')
    .addHelpText(
      'after',
      `
Reads checkpoints of sn-gan, .safetensors and .pt of PyTorch, .npz of Chainer and NumPy, and
model.json of TensorFlow.js; nothing in a file is executed. Strides, padding and input sizes that a
file does not tell are guessed and marked with ?; --correct sets kind, stride, padding, dilation,
groups, outputPadding or inputSize of a layer.

For each layer: sigma of the raw weight W as the paper's matrix, exactly by SVD, and as training
estimates it by u^T W v; sigma(W/est), of the weight in use, is near 1 when all is well. The true
norm is that of the weight in use as the convolution that it is: = is exact, ≈ within 1e-5; it
cannot exceed the bound after ≤. Stable rank is ||W||_F^2 / sigma^2, effective rank the exponential
of the entropy of the singular values, <0.1 the share of them below a tenth of the largest. Below
each discriminator: whether it is 1-Lipschitz by construction, and why not.

--json prints everything, with all singular values; of several files a list under "files".

Examples:
  sn-gan inspect runs/20250314-101112-demo/checkpoints/step-001500.safetensors
  sn-gan inspect netD.pt --correct main.0.inputSize=64 --layer main.0
  sn-gan inspect runs/20250314-101112-demo SNGANDiscriminator.npz --json`,
    )
    .action(inspect);
}

async function inspect(
  names: readonly string[],
  flags: InspectFlags,
  command: Command,
): Promise<void> {
  if (names.length > MAX_FILES) {
    throw new UserError(`At most ${MAX_FILES} files are compared, and ${names.length} were given.`);
  }
  const interrupted = new AbortController();
  const interrupt = (): void => interrupted.abort();
  process.once('SIGINT', interrupt);
  try {
    const inspected: InspectedFile[] = [];
    for (const name of names) {
      inspected.push(await inspectOne(name, flags, interrupted.signal));
      if (interrupted.signal.aborted) {
        note('Interrupted.');
        process.exitCode = exitCode.interrupted;
        return;
      }
    }
    const documents = inspected.map(inspectionJson);
    const result = documents.length === 1 ? documents[0] : { files: documents };
    printResult(command, result, () => linesOf(inspected, flags.layer ?? []));
  } finally {
    process.off('SIGINT', interrupt);
  }
}

function linesOf(inspected: readonly InspectedFile[], layers: readonly string[]): string[] {
  if (layers.length > 0) {
    return inspected.flatMap((file) => layers.flatMap((layer) => reportLayer(file, layer)));
  }
  return inspected.length === 1 ? reportFile(inspected[0]) : compareFiles(inspected);
}

async function inspectOne(
  name: string,
  { layer: only = [], correct = [], full = false }: InspectFlags,
  signal: AbortSignal,
): Promise<InspectedFile> {
  const file = path.resolve(await weightFileOf(name));
  const corrections = parseCorrections(correct);
  const listing = await list(file, corrections);
  assertLayers([...only, ...Object.keys(corrections)], listing);
  const costly = full ? listing.layers.filter((each) => each.costly).map((each) => each.name) : [];
  const progress = progressLine('parts');
  try {
    return await runInspection(
      { file, corrections },
      { only, costly: only.length > 0 ? [] : costly, generators: full },
      progress.update,
      signal,
    );
  } finally {
    progress.stop();
  }
}

async function list(file: string, corrections: Corrections): Promise<FileListing> {
  const weights = await openWeights(file);
  try {
    return await listFile(weights, corrections);
  } finally {
    await weights.close();
  }
}

/** The file that an argument means: itself, a TensorFlow.js model's, or a run's newest checkpoint. */
async function weightFileOf(argument: string): Promise<string> {
  const model = path.join(argument, 'model.json');
  const isModel = await stat(model).then(
    (found) => found.isFile(),
    () => false,
  );
  return isModel ? model : checkpointOf(argument);
}
