import { z } from 'zod';

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
} as const;

/** `step-000100`: the stem of sample grids and checkpoints; longer numbers simply grow. */
export function stepStem(step: number): string {
  return `step-${String(step).padStart(6, '0')}`;
}

/** The step in a name made by {@link stepStem} plus an extension, or undefined. */
export function stepOfName(name: string): number | undefined {
  const match = /^step-(\d{6,})\.[a-z]+$/.exec(name);
  return match ? Number(match[1]) : undefined;
}

export const runStates = [
  'starting',
  'running',
  'paused',
  'finished',
  'stopped',
  'failed',
] as const;
export type RunState = (typeof runStates)[number];

/** `run.json`; replaced atomically at every change of state and once a logging step. */
export const runIdentitySchema = z.object({
  format: z.literal(1),
  id: z.string(),
  name: z.string(),
  /** ISO 8601. */
  created: z.string(),
  state: z.enum(runStates),
  /** Why the run failed or stopped; one sentence. */
  reason: z.string().optional(),
  trainer: z
    .object({
      pid: z.int(),
      /** Start time of the process in the system's own unit: tells a re-used pid apart. */
      startTime: z.string(),
      host: z.string(),
    })
    .optional(),
  runtime: z
    .object({
      name: z.string(),
      version: z.string(),
      device: z.string(),
      /** Why this runtime was chosen; one sentence. */
      reason: z.string(),
    })
    .optional(),
  /** Path of the control socket (or named pipe) of the living trainer. */
  control: z.string().optional(),
  progress: z.object({
    step: z.int(),
    total: z.int(),
    imagesPerSecond: z.number(),
  }),
});
export type RunIdentity = z.infer<typeof runIdentitySchema>;

/**
 * One line of `scalars.jsonl`: `step`, `time` (seconds since 1970) and any number of tagged
 * values. The part of a tag before `/` groups charts:
 *
 * - `loss/d`, `loss/g`; `score/real` = mean D(x), `score/fake` = mean D(G(z))
 * - `sigma/<layer>`: estimated spectral norm of the raw weight of a layer of D
 * - `weight/<layer>`: Frobenius norm of that raw weight
 * - `gradient/d`, `gradient/g`, `gradient/<network>.<layer>`: Euclidean norms
 * - `learningRate`, `imagesPerSecond`
 * - `ms/<phase>`: milliseconds per step since the last line
 * - `memory/rss`, `memory/tensorBytes` (bytes), `memory/tensors` (count)
 */
export type ScalarRecord = { step: number; time: number } & Record<string, number>;
