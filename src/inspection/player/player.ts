import type { Gan } from '../../gan/gan';
import { drawLatents } from '../../gan/latents';
import { drawImages, type Sampler } from '../../gan/sample';
import { loadWasm } from '../../runtime/wasm/load';
import type { TrainConfig } from '../../shared/config';
import type { GradientBound } from '../../shared/inspection';
import type { NetworkAnswer, NetworkQuestion } from '../../shared/inspectionQuestions';
import { randomPurpose } from '../../shared/random';
import { UserError } from '../../shared/userError';
import { playersOf, readCheckpoint } from '../../trainer/checkpoint';
import { samplerOf } from '../../trainer/drawSamples';
import { gradientBound } from './gradientBound';
import { latentPaths } from './latentPaths';
import { pictureOf } from './picture';
import { RealImages } from './realImages';

/** Refuses what would take all memory; the pages ask for less. */
const LIMITS = { count: 100, steps: 16, rows: 10, images: 1024 } as const;

/**
 * The networks of one of our checkpoints, on the runtime that works everywhere, to draw from and to
 * take gradients of. Nothing is trained: weights, u and v stay as they are in the file.
 */
export class Player {
  private readonly realImages: RealImages;

  private constructor(
    private readonly config: TrainConfig,
    private readonly gan: Gan,
    private readonly sampler: Sampler,
  ) {
    this.realImages = new RealImages(config.data);
  }

  /**
   * Reads a checkpoint and makes its networks; loads WebAssembly into this thread.
   *
   * @throws UserError when the file is no checkpoint of ours, damaged, or its arrays do not fit its
   *   config
   */
  static async open(file: string): Promise<Player> {
    const [checkpoint] = await Promise.all([readCheckpoint(file), loadWasm()]);
    const gan = playersOf(checkpoint);
    return new Player(checkpoint.config, gan, samplerOf(gan, checkpoint));
  }

  /**
   * The same question has the same answer.
   *
   * @throws UserError where it has none
   */
  async answer(question: NetworkQuestion): Promise<NetworkAnswer> {
    switch (question.kind) {
      case 'samples': {
        const { count, seed } = question;
        refuseBeyond('count', count, 1, LIMITS.count);
        return this.draw(this.latents(count, seed), Math.ceil(Math.sqrt(count)));
      }
      case 'interpolation': {
        const { fromSeed, toSeed, steps, rows } = question;
        refuseBeyond('steps', steps, 2, LIMITS.steps);
        refuseBeyond('rows', rows, 1, LIMITS.rows);
        const { latentDim, latent } = this.config.network;
        const ends = [this.latents(rows, fromSeed), this.latents(rows, toSeed)] as const;
        return this.draw(latentPaths(...ends, { latentDim, latent, steps }), steps);
      }
      case 'gradients': {
        const { images, seed } = question;
        refuseBeyond('images', images, 1, LIMITS.images);
        return { kind: 'gradients', ...(await this.bound(images, seed)) };
      }
    }
  }

  /** Frees the networks. */
  dispose(): void {
    this.sampler.dispose();
    this.gan.dispose();
  }

  /** The latents of the samples of a seed: [count, latentDim]. */
  private latents(count: number, seed: number): Float32Array {
    const { network } = this.config;
    return drawLatents({ ...network, count, seed, purpose: randomPurpose.sampleLatent, index: 0 });
  }

  private async draw(latents: Float32Array, columns: number): Promise<NetworkAnswer> {
    const { network, data } = this.config;
    const count = latents.length / network.latentDim;
    return pictureOf(await this.generate(latents), { count, size: data.size, columns });
  }

  /** Images [count, size, size, 3] in [-1, 1]. */
  private async generate(latents: Float32Array): Promise<Float32Array> {
    const { network, data } = this.config;
    const length = data.size * data.size * 3;
    const images = new Float32Array((latents.length / network.latentDim) * length);
    for await (const drawn of drawImages(this.sampler, latents, network.latentDim)) {
      images.set(drawn.data, drawn.first * length);
    }
    return images;
  }

  private async bound(count: number, seed: number): Promise<GradientBound> {
    const generated = await this.generate(this.latents(count, seed));
    const real = await this.realImages.some(count, seed);
    return gradientBound(this.gan.discriminator, { generated, real, seed });
  }
}

function refuseBeyond(what: string, value: number, from: number, to: number): void {
  if (Number.isInteger(value) && value >= from && value <= to) return;
  throw new UserError(`"${what}" is ${value}; give a whole number from ${from} to ${to}.`);
}
