import { join } from 'node:path';
import { type Annotations, annotationsSchema, runFile } from '../shared/runFolder';
import { UserError } from '../shared/userError';
import { replaceContents } from './atomicFile';
import { isMissing } from './diskErrors';
import { readSmallText } from './regularFile';

/** Far above the longest note; a larger file is something else. */
const MAX_ANNOTATIONS_BYTES = 1024 * 1024;

/**
 * What a person added to a run: its name, star and note. Most runs have no such file, which means
 * that nothing was added.
 *
 * @throws UserError where the file is damaged or the file system refuses
 */
export async function readAnnotations(folder: string): Promise<Annotations> {
  const file = join(folder, runFile.annotations);
  let text: string;
  try {
    text = await readSmallText(file, MAX_ANNOTATIONS_BYTES);
  } catch (thrown) {
    if (isMissing(thrown)) return { format: 1 };
    throw thrown;
  }
  const parsed = annotationsSchema.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new UserError(
    `${file} is damaged: it holds no name, star and note that this version can read. Restore it from a copy, or remove it to begin anew; the run itself is not affected.`,
    { cause: parsed.error },
  );
}

/**
 * Replaces what a person added to a run, atomically and as a whole: of two windows that write at
 * the same moment the last one wins, and no reader sees a mixture.
 *
 * @throws UserError for a name or note that is too long, or where the file system refuses; the
 *   file is as it was then
 */
export async function writeAnnotations(folder: string, annotations: Annotations): Promise<void> {
  const parsed = annotationsSchema.safeParse(annotations);
  if (!parsed.success) {
    const [key] = parsed.error.issues[0].path;
    throw new UserError(
      key === 'name'
        ? 'The name of a run must have 1 to 120 characters; choose a shorter or longer one.'
        : 'The note of a run must have at most 10,000 characters; shorten it.',
      { cause: parsed.error },
    );
  }
  const text = `${JSON.stringify(parsed.data, undefined, 2)}\n`;
  await replaceContents(join(folder, runFile.annotations), text);
}

/** Undefined for what is no JSON, which no schema takes. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
