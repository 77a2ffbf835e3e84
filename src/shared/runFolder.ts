import * as z from 'zod/mini';
import './englishSchemas';

export { stepOfName, stepStem } from './stepNames';

/** Names of the files in a run folder, and the shape of what is in them. */

export const runFile = {
  identity: 'run.json',
  config: 'config.sngan.json',
  scalars: 'scalars.jsonl',
  samples: 'samples',
  checkpoints: 'checkpoints',
  log: 'trainer.log',
  /** Touched every second by a living trainer. */
  lease: 'lease',
  /** Token of the control socket; readable by its owner only. */
  controlKey: 'control.key',
  /** What a person adds to a run: the one file that an editor writes and the trainer never does. */
  annotations: 'annotations.json',
  /** A grid of training images, laid out like the sample grids. */
  realImages: 'real.png',
} as const;

export const runStates = [
  'starting',
  'running',
  'paused',
  'finished',
  'stopped',
  'failed',
] as const;
export type RunState = (typeof runStates)[number];

/**
 * What a run is doing in truth, from its folder and the system's processes (src/runs/classify.ts).
 * `dead`: its trainer was killed and wrote no farewell; `elsewhere`: another machine trains it.
 */
export const runStatuses = [
  'running',
  'paused',
  'finished',
  'stopped',
  'failed',
  'dead',
  'elsewhere',
] as const;
export type RunStatus = (typeof runStatuses)[number];

/** `run.json`; replaced atomically at every change of state and once a logging step. */
export const runIdentitySchema = z.object({
  format: z.literal(1),
  id: z.string(),
  name: z.string(),
  /** ISO 8601. */
  created: z.string(),
  state: z.enum(runStates),
  /** Why the run failed or stopped; one sentence. */
  reason: z.optional(z.string()),
  trainer: z.optional(
    z.object({
      pid: z.int(),
      /** Start time of the process in the system's own unit: tells a re-used pid apart. */
      startTime: z.string(),
      host: z.string(),
    }),
  ),
  runtime: z.optional(
    z.object({
      name: z.string(),
      version: z.string(),
      device: z.string(),
      /** Why this runtime was chosen; one sentence. */
      reason: z.string(),
    }),
  ),
  /** Path of the control socket (or named pipe) of the living trainer. */
  control: z.optional(z.string()),
  /**
   * Steps from one line with exact spectral norms to the next, beside those of sample grids; 0:
   * only these. Stays when the run is resumed. Absent in older runs, whose trainers cannot do it.
   */
  exactEvery: z.optional(z.int().check(z.minimum(0))),
  progress: z.object({
    step: z.int(),
    total: z.int(),
    imagesPerSecond: z.number(),
    /** Steps a second at the last logged step; absent before it and in older runs. */
    stepsPerSecond: z.optional(z.number()),
    /** Losses at the last logged step; absent before it and in older runs. */
    lossD: z.optional(z.number()),
    lossG: z.optional(z.number()),
  }),
});
export type RunIdentity = z.infer<typeof runIdentitySchema>;

/**
 * One line of `scalars.jsonl`: `step`, `time` (seconds since 1970) and any number of tagged
 * values. The part of a tag before `/` groups charts. Lines that are there for exact values alone
 * have losses, scores and the values of weights only.
 *
 * - `loss/d`, `loss/g`; `score/real` = mean D(x), `score/fake` = mean D(G(z))
 * - `sigma/<layer>`: estimated spectral norm of the raw weight of a layer of D
 * - `sigmaBar/<layer>`: exact spectral norm of the normalised weight W / sigma; like the stable
 *   rank only at the steps of sample grids and, while a person wants more, every `exactEvery` steps
 * - `stableRank/<layer>`: ||W||_F^2 / sigma^2 of the raw weight, with its exact spectral norm
 * - `lambda/<layer>`: lambda of the paper's eq. 12 in the step's last update of D: the mean of
 *   delta^T (W-bar h), which is the slope of D's objective (minus `loss/d`) when the normalised
 *   weight is stretched
 * - `weight/<layer>`: Frobenius norm of that raw weight
 * - `gradient/d`, `gradient/g`, `gradient/<network>.<layer>`: Euclidean norms
 * - `learningRate`, `imagesPerSecond`
 * - `ms/<phase>`: milliseconds per step since the last line that has them; `ms/exact`: for exact
 *   spectral norms
 * - `memory/rss`, `memory/tensorBytes` (bytes), `memory/tensors` (count)
 */
export type ScalarRecord = { step: number; time: number } & Record<string, number>;

/** `annotations.json`: what a person adds to a run. */
export const annotationsSchema = z.object({
  format: z.literal(1),
  /** Shown instead of the name in `run.json`. */
  name: z.optional(z.string().check(z.minLength(1), z.maxLength(120))),
  starred: z.optional(z.boolean()),
  note: z.optional(z.string().check(z.maxLength(10_000))),
});
export type Annotations = z.infer<typeof annotationsSchema>;
