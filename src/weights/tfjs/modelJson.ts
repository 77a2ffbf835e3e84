import * as z from 'zod/mini';
import { jsonFlaw, shortened } from '../../runs/jsonFlaw';
import { UserError } from '../../shared/userError';
import type { FileBytes } from '../fileBytes';
import '../../shared/englishSchemas';

/**
 * What is read of a model.json of TensorFlow.js, of layers or of a graph: where its weights are
 * (tfjs-core's io types `WeightsManifestGroupConfig` and `WeightsManifestEntry`).
 */

/** The graph is in it as well, node by node. */
const MAX_BYTES = 32 * 1024 * 1024;
const LIMITS = { depth: 100, keys: 1_000_000, values: 4_000_000 };

const weight = z.object({
  name: z.string(),
  shape: z.array(z.int().check(z.minimum(0))),
  dtype: z.string(),
  quantization: z.optional(
    z.object({ dtype: z.string(), scale: z.optional(z.number()), min: z.optional(z.number()) }),
  ),
});
export type TfjsWeight = z.infer<typeof weight>;

const model = z.object({
  weightsManifest: z.array(z.object({ paths: z.array(z.string()), weights: z.array(weight) })),
  format: z.optional(z.unknown()),
  generatedBy: z.optional(z.unknown()),
  convertedBy: z.optional(z.unknown()),
});
export type TfjsModel = z.infer<typeof model>;

/** @throws UserError for JSON that is damaged or no such model */
export async function readModelJson(file: FileBytes): Promise<TfjsModel> {
  if (file.size > MAX_BYTES) {
    throw notModel(file, `it has ${file.size} bytes, more than any model.json`);
  }
  const text = (await file.read(0, file.size)).toString('utf8').replace(/^\uFEFF/, '');
  let parsed: unknown;
  let flaw: string | undefined;
  try {
    flaw = jsonFlaw(text, LIMITS);
    if (flaw === undefined) parsed = JSON.parse(text);
  } catch (thrown) {
    throw notModel(file, 'it is no complete JSON', thrown);
  }
  if (flaw !== undefined) throw notModel(file, `it ${flaw}`);
  if (typeof parsed !== 'object' || parsed === null || !('weightsManifest' in parsed)) {
    throw notModel(file, 'it has no weightsManifest');
  }
  const checked = model.safeParse(parsed);
  if (checked.success) return checked.data;
  const issue = checked.error.issues[0];
  throw notModel(file, `${shortened(issue.path.join('.'))} in it is wrong: ${issue.message}`);
}

function notModel(file: FileBytes, why: string, cause?: unknown): UserError {
  return new UserError(
    `${file.file} is JSON, but not a model.json of TensorFlow.js: ${why}. Open the model.json that lies beside the shards of a model, or copy it again.`,
    { cause },
  );
}
