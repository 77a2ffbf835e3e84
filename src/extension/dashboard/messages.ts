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
import { everyPageSchemas, pathSchema as key, textSchema } from '../pageMessages';

/** Runs that one dashboard shows at most. */
export const MAX_RUNS = 16;
const MAX_TAGS = 10_000;

const step = z.int().check(z.minimum(0));

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
    type: z.literal('exportScalars'),
    key,
    format: z.enum(scalarFormats),
    tags: z.exactOptional(z.array(textSchema).check(z.maxLength(MAX_TAGS))),
  }),
  z.object({ type: z.literal('exportAnimation'), key, format: z.enum(animationFormats) }),
  z.object({ type: z.literal('exportGrid'), key, step }),
  ...everyPageSchemas,
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
