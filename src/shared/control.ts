import * as z from 'zod/mini';

/**
 * The control channel: JSON lines over a Unix socket or named pipe. It carries commands and hints
 * only; whatever it loses can be read from the run folder.
 */

/**
 * `exactEvery` sets how many steps lie between two lines with exact spectral norms; 0: only sample
 * grids have them. A trainer that knows it says in run.json what is set.
 */
export const controlCommands = [
  'pause',
  'resume',
  'stop',
  'checkpoint',
  'sample',
  'exactEvery',
] as const;
export type ControlCommand = (typeof controlCommands)[number];

/** What becomes of a training when whoever controls it goes and nobody takes over. */
export const whenGoneChoices = ['keepTraining', 'pause', 'stop'] as const;
export type WhenGone = (typeof whenGoneChoices)[number];

/** No training logs more rarely. */
export const MOST_STEPS_APART = 1_000_000;

/**
 * First line from a client. An `owner` takes the trainer with it: when it goes, the run stops. Of
 * several controllers the first may command, the others wait for their turn.
 */
const hello = z.object({
  type: z.literal('hello'),
  token: z.string(),
  role: z.enum(['owner', 'controller', 'watcher']),
  /** Of a controller; `keepTraining` unless given. */
  whenGone: z.optional(z.enum(whenGoneChoices)),
});
/** A controller takes the command away from the one that has it. */
const takeControl = z.object({ type: z.literal('takeControl') });
const command = z
  .object({
    type: z.literal('command'),
    /** Chosen by the client; comes back in the reply. */
    id: z.int(),
    command: z.enum(controlCommands),
    /** Of `exactEvery`, which needs it. */
    value: z.optional(z.int().check(z.minimum(0), z.maximum(MOST_STEPS_APART))),
  })
  .check(z.refine(({ command, value }) => (command === 'exactEvery') === (value !== undefined)));
export const clientMessageSchema = z.discriminatedUnion('type', [hello, takeControl, command]);
export type ClientMessage = z.infer<typeof clientMessageSchema>;

const welcome = z.object({ type: z.literal('welcome'), runId: z.string() });
/** Sent to controllers after the welcome and at every change: whether this one may command. */
const control = z.object({ type: z.literal('control'), granted: z.boolean() });
/** The answer to a command, sent when it has been carried out. */
const reply = z.object({
  type: z.literal('reply'),
  id: z.int(),
  ok: z.boolean(),
  /** What was made (the path of a checkpoint or grid), or why it failed. */
  detail: z.string(),
});
/** At most ten a second; says that the run folder has something new. */
const hint = z.object({
  type: z.literal('hint'),
  state: z.string(),
  step: z.int(),
  total: z.int(),
  imagesPerSecond: z.number(),
  /** At the last logged step; absent before it. */
  stepsPerSecond: z.optional(z.number()),
  lossD: z.nullable(z.number()),
  lossG: z.nullable(z.number()),
});
export const trainerMessageSchema = z.discriminatedUnion('type', [welcome, control, reply, hint]);
export type TrainerMessage = z.infer<typeof trainerMessageSchema>;
export type Hint = z.infer<typeof hint>;
