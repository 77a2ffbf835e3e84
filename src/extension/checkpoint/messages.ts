import path from 'node:path';
import * as z from 'zod/mini';
import { checkpointPlaces, MAX_FILES, type FromCheckpointPage } from '../../shared/checkpointPage';
import { layerKinds, type Correction, type Corrections } from '../../shared/inspection';
import { iterationForms, iterationStarts, type Question } from '../../shared/inspectionQuestions';
import { everyPageSchemas, pathSchema as file } from '../pageMessages';

/** Layers that a message may name; the largest networks have some thousands. */
const MAX_LAYERS = 10_000;
/** Far above every stride, padding and image. */
const MAX_SIDE = 65_536;
const MAX_COPIED_CHARACTERS = 64 * 1024 * 1024;

const layer = z.string().check(z.maxLength(1000));
const ask = z.int().check(z.minimum(0));
const from = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));
const seed = z.int();

const count = from(1, MAX_SIDE);
const zeros = from(0, MAX_SIDE);
const correctionSchema = z.object({
  kind: z.exactOptional(z.enum(layerKinds)),
  stride: z.exactOptional(z.tuple([count, count])),
  padding: z.exactOptional(z.tuple([zeros, zeros, zeros, zeros])),
  dilation: z.exactOptional(z.tuple([count, count])),
  groups: z.exactOptional(count),
  outputPadding: z.exactOptional(z.tuple([zeros, zeros])),
  inputSize: z.exactOptional(z.tuple([count, count])),
}) satisfies z.ZodMiniType<Correction>;

const questionSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('powerIteration'),
    layer,
    form: z.enum(iterationForms),
    start: z.enum(iterationStarts),
    seed,
    iterations: from(1, 1000),
  }),
  z.object({ kind: z.literal('circularSpectrum'), layer }),
  z.object({ kind: z.literal('drift'), layer }),
  z.object({ kind: z.literal('history') }),
  z.object({ kind: z.literal('kernels'), layer }),
  z.object({ kind: z.literal('samples'), seed, count: from(1, 100) }),
  z.object({
    kind: z.literal('interpolation'),
    fromSeed: seed,
    toSeed: seed,
    steps: from(2, 16),
    rows: from(1, 10),
  }),
  z.object({ kind: z.literal('gradients'), images: from(8, 1024), seed }),
]) satisfies z.ZodMiniType<Question>;

const fromPageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ready'),
    others: z
      .array(file.check(z.refine((name) => path.isAbsolute(name))))
      .check(z.maxLength(MAX_FILES - 1)),
  }),
  z.object({ type: z.literal('cancel'), file }),
  z.object({
    type: z.literal('compute'),
    file,
    layers: z.array(layer).check(z.maxLength(MAX_LAYERS)),
  }),
  z.object({ type: z.literal('correct'), file, layer, correction: z.nullable(correctionSchema) }),
  z.object({ type: z.literal('ask'), ask, file, question: questionSchema }),
  z.object({ type: z.literal('drop'), ask }),
  z.object({ type: z.literal('addFiles') }),
  z.object({ type: z.literal('removeFile'), file }),
  z.object({
    type: z.literal('copy'),
    text: z.string().check(z.maxLength(MAX_COPIED_CHARACTERS)),
  }),
  z.object({ type: z.literal('open'), file, place: z.enum(checkpointPlaces) }),
  ...everyPageSchemas,
]) satisfies z.ZodMiniType<FromCheckpointPage>;

const correctionsSchema = z.record(layer, correctionSchema) satisfies z.ZodMiniType<Corrections>;

/**
 * What a page said.
 *
 * @returns a sentence for the log where it is no message of ours
 */
export function parseMessage(said: unknown): FromCheckpointPage | string {
  const parsed = fromPageSchema.safeParse(said);
  if (parsed.success) return parsed.data;
  return `A checkpoint page said something that is no message: ${z.prettifyError(parsed.error)}`;
}

/** Corrections as they were kept, perhaps by another version; undefined where they are none. */
export function parseCorrections(kept: unknown): Corrections | undefined {
  return correctionsSchema.safeParse(kept).data;
}
