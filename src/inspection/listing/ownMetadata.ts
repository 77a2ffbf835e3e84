import { trainConfigSchema, type TrainConfig } from '../../shared/config';
import type { LayerDescription } from '../../gan/state';
import { z } from 'zod';

/** What `__metadata__` of `src/trainer/checkpoint.ts` says. */
export interface OwnMetadata {
  readonly step: number;
  /** Absent where this version cannot read the config; the layers are told all the same. */
  readonly config?: TrainConfig;
  readonly layers: readonly LayerDescription[];
}

const layersSchema: z.ZodType<LayerDescription[]> = z
  .array(
    z.object({
      name: z.string().min(1).max(200),
      kind: z.enum(['conv', 'convTranspose', 'dense', 'embedding']),
      normalized: z.boolean(),
      stride: z.int().min(1).max(64).exactOptional(),
      padding: z.int().min(0).max(64).exactOptional(),
      inputSize: z.tuple([z.int().min(1).max(65536), z.int().min(1).max(65536)]).exactOptional(),
    }),
  )
  .max(10_000);

/** Reads the metadata of a checkpoint of ours; undefined where the file is none or damaged. */
export function readOwnMetadata(
  metadata: Readonly<Record<string, string>>,
): OwnMetadata | undefined {
  if (!metadata['format']?.startsWith('sn-gan-')) return undefined;
  const layers = layersSchema.safeParse(parsed(metadata['layers']));
  const step = metadata['step'] ?? '';
  if (!layers.success || !/^\d{1,15}$/.test(step)) return undefined;
  const config = trainConfigSchema.safeParse(parsed(metadata['config']));
  return {
    step: Number(step),
    layers: layers.data,
    ...(config.success && { config: config.data }),
  };
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
