import path from 'node:path';
import { z } from 'zod';
import type { BenchCase } from './benchCase';
import { answerOf, LineProcess, ProcessEnded } from './lineProcess';
import { roundOf, type Participant, type ParticipantFacts, type Round } from './participant';

/** A script that makes the same step with other means. */
export interface Peer {
  /** Takes `--form --dtype --batch --steps --device`, and `--network` and `--interactive` at will. */
  readonly script: string;
  /** What runs a script in Python. */
  readonly python: string;
  /** What it should compute on; its own choice unless given. */
  readonly device?: string | undefined;
}

/** A script for ours to be compared with is in the best form that it knows. */
const FORM = 'best';
/** Exit code of Python's argparse, and of many others. */
const WRONG_ARGUMENTS = 2;

/** What a script tells of itself; `torch` is the version of what computes. */
const aboutSchema = z.object({ torch: z.string(), device: z.string() });
const readySchema = aboutSchema.extend({
  ready: z.literal(true),
  warm_s: z.number(),
});
const answerSchema = z.object({
  seconds: z.array(z.number()).min(1),
  peak_bytes: z.number().nullable().default(null),
});
/** The answer of a script that makes its steps and ends. */
const onceSchema = aboutSchema.extend({ median_s: z.number(), min_s: z.number() });

/**
 * Starts a peer and waits until it has warmed up. A script that does not know `--interactive` is
 * started anew for every round.
 *
 * @throws ProcessEnded with the reason when it cannot run here or does not know this case
 */
export async function startPeer(
  peer: Peer,
  benchCase: BenchCase,
  signal?: AbortSignal,
): Promise<Participant> {
  try {
    return await startInteractive(peer, benchCase, signal);
  } catch (thrown) {
    if (thrown instanceof ProcessEnded && thrown.code === WRONG_ARGUMENTS) {
      return startAnew(peer, benchCase, signal);
    }
    throw thrown;
  }
}

async function startInteractive(
  peer: Peer,
  benchCase: BenchCase,
  signal: AbortSignal | undefined,
): Promise<Participant> {
  const start = performance.now();
  const child = new LineProcess({ ...command(peer, benchCase, ['--interactive']), signal });
  const { warm_s: warmSeconds, ...about } = await child.first(readySchema);
  const startSeconds = (performance.now() - start) / 1000 - warmSeconds;
  let peakBytes: number | null = null;
  return {
    facts: { ...factsOf(peer, about), startSeconds },
    warmSeconds,
    get peakBytes() {
      return peakBytes;
    },
    round: async (steps) => {
      const { seconds, peak_bytes } = await child.ask({ steps }, answerSchema);
      peakBytes = peak_bytes;
      return roundOf(seconds);
    },
    close: () => child.close(),
  };
}

async function startAnew(
  peer: Peer,
  benchCase: BenchCase,
  signal: AbortSignal | undefined,
): Promise<Participant> {
  const run = async (steps: number): Promise<{ facts: ParticipantFacts; round: Round }> => {
    const options = command(peer, benchCase, ['--steps', String(steps)]);
    const answer = await answerOf({ ...options, signal }, onceSchema);
    const { median_s: medianSeconds, min_s: minSeconds } = answer;
    return { facts: factsOf(peer, answer), round: { steps, medianSeconds, minSeconds } };
  };
  const { facts, round } = await run(1);
  return {
    facts,
    warmSeconds: round.minSeconds,
    peakBytes: null,
    round: async (steps) => (await run(steps)).round,
    close: () => Promise.resolve(),
  };
}

function command(
  { script, python, device }: Peer,
  { network, precision, batch }: BenchCase,
  more: readonly string[],
): { program: string; args: string[] } {
  const isOurs = /\.[cm]?js$/.test(script);
  // A script that knows one network only is of the CNN.
  const which = network === 'cnn' ? [] : ['--network', network];
  const where = device === undefined ? [] : ['--device', device];
  const settings = ['--form', FORM, '--dtype', precision, '--batch', String(batch)];
  return {
    program: isOurs ? process.execPath : python,
    args: [script, ...which, ...settings, ...where, ...more],
  };
}

function factsOf({ script }: Peer, about: z.infer<typeof aboutSchema>): ParticipantFacts {
  return {
    name: path.basename(script),
    kind: 'peer',
    version: about.torch,
    device: about.device,
    form: FORM,
    startSeconds: null,
    compiling: null,
    nativeCalls: null,
    operations: null,
  };
}
