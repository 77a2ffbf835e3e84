import * as z from 'zod/mini';
import type { FromEveryPage } from '../shared/pageMessages';
import '../shared/englishSchemas';

/**
 * A page draws what is in files of strangers, so nothing that it says is taken as it comes. What is
 * wrong about a message is wrong in our own page, or somebody else's; it is never answered.
 */

const MAX_PATH = 4096;
/** Largest figure that a page may have saved. */
const MAX_FIGURE_BYTES = 256 * 1024 * 1024;
const MAX_PREFERENCES_CHARACTERS = 256 * 1024;

/** The path of a file or folder, as pages name what they show. */
export const pathSchema = z.string().check(z.minLength(1), z.maxLength(MAX_PATH));

/** A name or a few sentences: nothing that a page has reason to say is longer. */
export const textSchema = z.string().check(z.maxLength(10_000));

/** The messages of {@link FromEveryPage}, as options of the union of what one page may say. */
export const everyPageSchemas = [
  z.object({
    type: z.literal('save'),
    name: textSchema,
    contents: z
      .instanceof(Uint8Array)
      .check(z.refine(({ byteLength }) => byteLength <= MAX_FIGURE_BYTES, 'is too large')),
  }),
  z.object({
    type: z.literal('preferences'),
    preferences: z.unknown().check(z.refine(isSmall, 'is too large')),
  }),
  z.object({ type: z.literal('pageError'), message: textSchema, stack: textSchema }),
] as const satisfies readonly z.ZodMiniType<FromEveryPage>[];

function isSmall(preferences: unknown): boolean {
  try {
    return (JSON.stringify(preferences) ?? '').length <= MAX_PREFERENCES_CHARACTERS;
  } catch {
    // Not to be kept as JSON, as preferences are.
    return false;
  }
}
