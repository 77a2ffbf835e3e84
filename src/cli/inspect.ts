import type { Command } from 'commander';
import type { TrainConfig } from '../shared/config';
import { readCheckpoint } from '../trainer/checkpoint';
import { discriminatorLayers, judgeLayer, type LayerJudgement } from '../trainer/judgeLayers';
import { checkpointOf } from './checkpointArgument';
import { printResult } from './output';
import { progressLine } from './progressLine';
import { tableLines } from './table';

/** Adds `sn-gan inspect <checkpoint>`. */
export function addInspectCommand(program: Command): void {
  program
    .command('inspect')
    .description('Show what a checkpoint holds and how well its discriminator is normalised.')
    .argument('<checkpoint>', 'a .safetensors file of a run, or a run folder for its newest one')
    .addHelpText(
      'after',
      `
For each layer of D: sigma of the raw weight W as a matrix, exactly by SVD and as training estimates
it by u^T W v; sigma(W/est), of the weight in use, is near 1 when all is well; stable rank is
||W||_F^2 / sigma^2. This version reads checkpoints of sn-gan only.

Example:
  sn-gan inspect runs/20250314-101112-demo/checkpoints/step-001500.safetensors`,
    )
    .action(inspect);
}

async function inspect(argument: string, _flags: object, command: Command): Promise<void> {
  const checkpoint = await readCheckpoint(await checkpointOf(argument));
  const described = discriminatorLayers(checkpoint);
  const progress = progressLine('layers');
  const layers: LayerJudgement[] = [];
  for (const layer of described) {
    progress.update(layers.length, described.length);
    // Lets the progress be drawn and Ctrl-C be heard between two layers.
    await new Promise((resolve) => setImmediate(resolve));
    layers.push(judgeLayer(checkpoint, layer));
  }
  progress.stop();
  const { file, step, updatesD, updatesG, config, arrays } = checkpoint;
  const result = { file, step, updatesD, updatesG, arrays: arrays.size, config, layers };
  printResult(command, result, () => [
    file,
    `step ${step} of ${config.steps}; ${updatesD} updates of D, ${updatesG} of G; ${arrays.size} arrays`,
    ...describeConfig(config),
    '',
    ...layerTable(layers),
  ]);
}

function describeConfig({
  network,
  data,
  loss,
  optimizer,
  nDis,
  batch,
  ...rest
}: TrainConfig): string[] {
  const { learningRate, beta1, beta2 } = optimizer;
  const { preset, ema, seed } = rest;
  return [
    `${network.architecture} x${network.width}, ${data.size} px, z ${network.latentDim} ${network.latent}; ${data.source}`,
    `preset ${preset}: ${loss} loss, Adam ${learningRate} (${beta1}, ${beta2}), ${nDis} D per G, batch ${batch.discriminator}/${batch.generator}, EMA ${ema.decay}, seed ${seed}`,
  ];
}

function layerTable(layers: readonly LayerJudgement[]): string[] {
  const header = ['layer', 'kind', 'matrix', 'estimate', 'sigma', 'error', 'sigma(W/est)'];
  return tableLines(
    [...header, '||W||_F', 'stable rank'],
    layers.map((layer) => [
      layer.layer,
      layer.kind,
      `${layer.rows} x ${layer.columns}`,
      layer.estimate === null ? 'not normalised' : layer.estimate.toFixed(4),
      layer.sigma.toFixed(4),
      layer.relativeError === null ? '-' : layer.relativeError.toExponential(1),
      layer.normalizedSigma === null ? '-' : layer.normalizedSigma.toFixed(5),
      layer.frobenius.toFixed(3),
      layer.stableRank.toFixed(2),
    ]),
  );
}
