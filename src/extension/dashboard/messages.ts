import path from 'node:path';
import * as z from 'zod/mini';
import { MOST_STEPS_APART } from '../../shared/control';
import {
  animationFormats,
  dashboardPlaces,
  type DashboardState,
  type FromDashboard,
  scalarFormats,
} from '../../shared/dashboard';
import { runActions } from '../../shared/runActions';
import '../../shared/englishSchemas';

/**
 * A page draws what is in files of strangers, so nothing that it says is taken as it comes. What is
 * wrong about a message is wrong in our own page, or somebody else's; it is never answered.
 */

/** Runs that one dashboard shows at most. */
export const MAX_RUNS = 16;
const MAX_PATH = 4096;
const MAX_TAGS = 10_000;
/** Largest figure that a page may have saved. */
const MAX_FIGURE_BYTES = 256 * 1024 * 1024;
const MAX_PREFERENCES_CHARACTERS = 256 * 1024;

const key = z.string().check(z.minLength(1), z.maxLength(MAX_PATH));
const step = z.int().check(z.minimum(0));
const text = z.string().check(z.maxLength(10_000));

const fromDashboardSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('resync'), key }),
  z.object({ type: z.literal('action'), key, action: z.enum(runActions) }),
  z.object({
    type: z.literal('exactEvery'),
    key,
    every: step.check(z.maximum(MOST_STEPS_APART)),
  }),
  z.object({
    type: z.literal('open'),
    key,
    place: z.enum(dashboardPlaces),
    step: z.exactOptional(step),
  }),
  z.object({ type: z.literal('addRuns') }),
  z.object({ type: z.literal('removeRun'), key }),
  z.object({
    type: z.literal('save'),
    name: text,
    contents: z
      .instanceof(Uint8Array)
      .check(z.refine(({ byteLength }) => byteLength <= MAX_FIGURE_BYTES, 'is too large')),
  }),
  z.object({
    type: z.literal('exportScalars'),
    key,
    format: z.enum(scalarFormats),
    tags: z.exactOptional(z.array(text).check(z.maxLength(MAX_TAGS))),
  }),
  z.object({ type: z.literal('exportAnimation'), key, format: z.enum(animationFormats) }),
  z.object({ type: z.literal('exportGrid'), key, step }),
  z.object({
    type: z.literal('preferences'),
    preferences: z.unknown().check(z.refine(isSmall, 'is too large')),
  }),
  z.object({ type: z.literal('pageError'), message: text, stack: text }),
]) satisfies z.ZodMiniType<FromDashboard>;

const stateSchema = z.object({
  keys: z
    .array(key.check(z.refine((folder) => path.isAbsolute(folder))))
    .check(z.minLength(1), z.maxLength(MAX_RUNS)),
}) satisfies z.ZodMiniType<Pick<DashboardState, 'keys'>>;

/**
 * What a page said.
 *
 * @returns a sentence for the log where it is no message of ours
 */
export function parseMessage(said: unknown): FromDashboard | string {
  const parsed = fromDashboardSchema.safeParse(said);
  if (parsed.success) return parsed.data;
  return `A dashboard said something that is no message: ${z.prettifyError(parsed.error)}`;
}

/** The runs that a page showed before the window was loaded again; undefined where it is unknown. */
export function runsOfState(state: unknown): readonly string[] | undefined {
  return stateSchema.safeParse(state).data?.keys;
}

function isSmall(preferences: unknown): boolean {
  try {
    return (JSON.stringify(preferences) ?? '').length <= MAX_PREFERENCES_CHARACTERS;
  } catch {
    // Not to be kept as JSON, as preferences are.
    return false;
  }
}
