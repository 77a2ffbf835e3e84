import { z } from 'zod';
import { Gan } from '../gan/gan';
import { buildWithin } from '../gan/parameter';
import { importState, type LayerDescription } from '../gan/state';
import { readSafetensors } from '../runs/safetensors';
import { trainConfigSchema, type TrainConfig } from '../shared/config';
import type { NamedArray } from '../shared/tensors';
import { UserError } from '../shared/userError';
import { CHECKPOINT_FORMAT } from './checkpointSnapshot';

const layersSchema: z.ZodType<LayerDescription[]> = z.array(
  z.object({
    name: z.string(),
    kind: z.string(),
    normalized: z.boolean(),
    stride: z.int().exactOptional(),
    padding: z.int().exactOptional(),
    inputSize: z.tuple([z.int(), z.int()]).exactOptional(),
  }),
);

/** A checkpoint read from its file. */
export interface Checkpoint {
  readonly file: string;
  /** Steps done when it was written. */
  readonly step: number;
  readonly config: TrainConfig;
  readonly updatesD: number;
  readonly updatesG: number;
  /** The linear layers of both networks. */
  readonly layers: readonly LayerDescription[];
  readonly arrays: ReadonlyMap<string, NamedArray>;
}

/**
 * Reads a checkpoint of ours.
 *
 * @throws UserError when the file is damaged or of another kind
 */
export async function readCheckpoint(file: string): Promise<Checkpoint> {
  const { arrays, metadata } = await readSafetensors(file);
  if (metadata['format'] !== CHECKPOINT_FORMAT) {
    throw new UserError(
      `${file} is no checkpoint of sn-gan (its metadata lacks "format": "${CHECKPOINT_FORMAT}"); give a file from the checkpoints folder of a run.`,
    );
  }
  return {
    file,
    arrays,
    config: configIn(metadata['config'], file),
    layers: layersIn(metadata['layers'], file),
    step: countIn(metadata, 'step', file),
    updatesD: countIn(metadata, 'updatesD', file),
    updatesG: countIn(metadata, 'updatesG', file),
  };
}

function configIn(text: string | undefined, file: string): TrainConfig {
  try {
    return trainConfigSchema.parse(JSON.parse(text ?? ''));
  } catch (cause) {
    throw new UserError(
      `${file} holds no valid config in its metadata; it was damaged or written by another version of sn-gan.`,
      { cause },
    );
  }
}

function layersIn(text: string | undefined, file: string): LayerDescription[] {
  try {
    return layersSchema.parse(JSON.parse(text ?? ''));
  } catch (cause) {
    throw new UserError(
      `${file} holds no valid description of its layers in its metadata; it was damaged or written by another version of sn-gan.`,
      { cause },
    );
  }
}

function countIn(metadata: Readonly<Record<string, string>>, key: string, file: string): number {
  const text = metadata[key] ?? '';
  if (!/^\d{1,15}$/.test(text)) {
    throw new UserError(
      `${file} holds "${text}" instead of a count as "${key}" in its metadata; it was damaged or written by another version of sn-gan.`,
    );
  }
  return Number(text);
}

/**
 * The players of a checkpoint, to be looked at and not trained. The caller disposes of them.
 *
 * @throws UserError when the arrays do not fit the config; a config that asks for more than the file
 *   holds costs no memory
 */
export function playersOf(checkpoint: Checkpoint): Gan {
  const { config, arrays } = checkpoint;
  // What u and v are warmed up to is replaced by what the file has.
  const spectralNorm = { ...config.spectralNorm, warmUpIterations: 1 };
  const values = [...arrays.values()].reduce((sum, { data }) => sum + data.length, 0);
  const gan = buildWithin(values, () => new Gan({ ...config, spectralNorm }));
  try {
    restoreCheckpoint(gan, checkpoint);
    return gan;
  } catch (thrown) {
    gan.dispose();
    throw thrown;
  }
}

/**
 * Puts a checkpoint's state into the players.
 *
 * @throws UserError when the arrays do not fit the config; nothing is changed then
 */
export function restoreCheckpoint(gan: Gan, checkpoint: Checkpoint): void {
  importState(gan, checkpoint.arrays, checkpoint.file);
  gan.adamD.updates = checkpoint.updatesD;
  gan.adamG.updates = checkpoint.updatesG;
}
