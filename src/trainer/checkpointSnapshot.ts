import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { Gan } from '../gan/gan';
import type { Moments } from '../gan/ops/batchNormalize';
import type { Parameter } from '../gan/parameter';
import type { Sampler } from '../gan/sample';
import { StandingMoments } from '../gan/standingMoments';
import { averagedMoments, describeLayers, holdState } from '../gan/state';
import type { TrainConfig } from '../shared/config';
import type { CheckpointContents } from './writer/writeCheckpoint';

/** What the metadata of our checkpoints give as their `format`. */
export const CHECKPOINT_FORMAT = 'sn-gan-1';

/**
 * Everything from which training continues, as it is at one step: taken in no time, and read while
 * training goes on. All randomness follows from the seed (in the config) and the step, so these
 * two are the whole random state.
 */
export class CheckpointSnapshot {
  readonly contents: CheckpointContents;
  private readonly state: readonly Tensor[];
  /** Moments of the averaged weights; where they are not known, the weights to take them of. */
  private readonly moments: readonly Tensor[] | undefined;
  private readonly averages: ReadonlyMap<Parameter, Tensor>;

  /**
   * @param gan with variables that are up to date
   * @param step steps done
   * @param known moments of these very weights; to take them costs four passes of G
   */
  constructor(
    private readonly gan: Gan,
    private readonly config: TrainConfig,
    step: number,
    known?: Pick<Sampler, 'moments'>,
  ) {
    const { generator, average } = gan;
    const arrays = holdState(gan);
    const moments = averagedMoments(gan);
    this.state = arrays.map(({ tensor }) => tensor);
    this.moments = known && moments.map(({ of }) => tf.clone(of((norm) => known.moments(norm))));
    this.averages = new Map(
      average && !known
        ? generator.parameters.map((parameter) => [parameter, tf.clone(average.of(parameter))])
        : [],
    );
    this.contents = {
      step,
      arrays: [...arrays, ...moments].map(({ name, layout }) => ({ name, layout })),
      metadata: {
        format: CHECKPOINT_FORMAT,
        step: String(step),
        updatesD: String(gan.adamD.updates),
        updatesG: String(gan.adamG.updates),
        config: JSON.stringify(config),
        layers: JSON.stringify(describeLayers(gan)),
      },
    };
  }

  /**
   * The values of every array, which are the caller's; undefined in between where time went into
   * something else. Whoever takes them one by one is never kept for long. Can be read once.
   */
  async *read(): AsyncGenerator<Float32Array | undefined, void> {
    for (const tensor of this.state) {
      yield await valuesOf(tensor);
      tensor.dispose();
    }
    if (this.moments) {
      for (const tensor of this.moments) yield await valuesOf(tensor);
    } else if (this.averages.size > 0) yield* this.readMoments();
  }

  /** Frees what was not read. */
  dispose(): void {
    tf.dispose([...this.state, ...(this.moments ?? []), ...this.averages.values()]);
  }

  private async *readMoments(): AsyncGenerator<Float32Array | undefined, void> {
    const { gan, config, averages } = this;
    const weight = (parameter: Parameter): Tensor => averages.get(parameter) as Tensor;
    const standing = new StandingMoments(gan.generator, weight, {
      ...config.network,
      seed: config.seed,
    });
    try {
      while (!standing.complete) {
        standing.advance();
        yield undefined;
      }
      const taken = standing.take();
      const tensors = averagedMoments(gan).map(({ of }) =>
        of((state) => taken.get(state) as Moments),
      );
      for (const tensor of tensors) {
        yield await valuesOf(tensor);
        tensor.dispose();
      }
    } finally {
      standing.dispose();
    }
  }
}

/** A copy: some backends give out an array that they keep. */
async function valuesOf(tensor: Tensor): Promise<Float32Array> {
  return (await tensor.data<'float32'>()).slice();
}
