import type { RuntimeChoice, RuntimeName } from '../shared/config';
import { UserError } from '../shared/userError';
import { decideAsked, decideFastest, type RuntimeDecision } from './decide';
import { probeRuntime } from './probe/probe';
import { cachedProbe, probeKey, storeProbe } from './probe/probeCache';
import type { ProbeResult } from './probe/probeResult';
import { findAddon, type FoundAddon } from './tensorflow/findAddon';
import { notInstalled } from './tensorflow/notInstalled';

export interface ChooseOptions {
  /** Node that will train; this process's own unless given. */
  readonly node?: string;
  /** Whole environment of the probes, see `trainerEnvironment`; this process's own unless given. */
  readonly env?: NodeJS.ProcessEnv;
  /** Probe again even where a result is remembered. */
  readonly refresh?: boolean;
  /** How long to measure each runtime, in seconds. */
  readonly seconds?: number;
}

/** The runtimes that compute, in the order in which they are tried and shown. */
export const computingRuntimes = ['tensorflow', 'webgpu', 'wasm'] as const;

/** Long enough to tell a tenth from a whole, short enough not to delay a start. */
const QUICK_SECONDS = 0.3;

/**
 * Chooses the runtime of a run. `auto` takes the fastest that probes well; any other choice takes
 * that runtime or fails. Nothing is replaced in silence: the reason says what was chosen, how fast
 * it is, and what became of the others.
 *
 * @throws UserError when the runtime that was asked for does not work, or none does
 */
export async function chooseRuntime(
  choice: RuntimeChoice,
  options: ChooseOptions = {},
): Promise<RuntimeDecision> {
  if (choice !== 'auto') return decideAsked(await tryRuntime(choice, options));
  return decideFastest(await tryAllRuntimes(options));
}

/** Probes every runtime, one after the other so that they do not slow each other down. */
export async function tryAllRuntimes(options: ChooseOptions = {}): Promise<ProbeResult[]> {
  const results: ProbeResult[] = [];
  for (const name of computingRuntimes) results.push(await tryRuntime(name, options));
  return results;
}

/** What is remembered about a runtime on this machine, or what a probe finds out now. */
async function tryRuntime(name: RuntimeName, options: ChooseOptions): Promise<ProbeResult> {
  const node = options.node ?? process.execPath;
  const found = name === 'tensorflow' ? await findAddonOrReason() : undefined;
  if (typeof found === 'string') return { usable: false, name, reason: found };

  const key = await probeKey(name, node, found?.addon, options.env);
  const known = options.refresh ? undefined : await cachedProbe(key);
  if (known) return known;
  const result = await probeRuntime(name, {
    node,
    seconds: options.seconds ?? QUICK_SECONDS,
    ...(found ? { addon: found.addon } : {}),
    ...(options.env ? { env: options.env } : {}),
  });
  await storeProbe(key, result);
  return result;
}

/** The addon, or the sentence that says why there is none. */
async function findAddonOrReason(): Promise<FoundAddon | string> {
  try {
    return (await findAddon()) ?? notInstalled;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}
