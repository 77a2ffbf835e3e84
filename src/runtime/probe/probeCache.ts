import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { bundleFolder } from '../bundleFolder';
import { replaceText } from '../replaceText';
import { userFolders } from '../userFolders';
import { probeResultSchema, type ProbeResult } from './probeResult';

const cacheSchema = z.object({
  format: z.literal(1),
  entries: z.record(z.string(), z.object({ time: z.number(), result: probeResultSchema })),
});
type Cache = z.infer<typeof cacheSchema>;

const DAY = 24 * 3600 * 1000;
/** A failure is tried again sooner: a driver may have been installed meanwhile. */
const MAX_AGE = { usable: 30 * DAY, unusable: DAY };
/** Every new build and driver makes new keys; the old ones are never asked for again. */
const KEPT_ENTRIES = 24;

/** The file that keeps results of probes between starts. */
export function probeCacheFile(): string {
  return path.join(userFolders().cache, 'probes.json');
}

/**
 * A key for everything that a probe's result depends on: runtime, our bundle, Node, addon,
 * machine, driver, and the environment variables that steer the native libraries.
 */
export async function probeKey(
  runtime: string,
  node: string,
  addon: string | undefined,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string> {
  const steering = Object.entries(environment)
    .filter(([name]) => /^(CUDA_|NVIDIA_|TF_|VK_|OMP_|LD_LIBRARY_PATH$)/.test(name))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const parts = [
    runtime,
    await fingerprint(path.join(bundleFolder, 'probe.cjs')),
    await fingerprint(node),
    addon === undefined ? 'none' : await fingerprint(addon),
    [os.hostname(), os.platform(), os.arch(), os.cpus()[0]?.model, os.availableParallelism()],
    await readFile('/proc/driver/nvidia/version', 'utf8').catch(() => 'no NVIDIA driver'),
    steering,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Path, size and time of change of a file. */
async function fingerprint(file: string): Promise<string> {
  const { size, mtimeMs } = await stat(file).catch(() => ({ size: 0, mtimeMs: 0 }));
  return `${file} ${size} ${mtimeMs}`;
}

/** A result that is young enough, or undefined. */
export async function cachedProbe(
  key: string,
  now: number = Date.now(),
): Promise<ProbeResult | undefined> {
  const entry = (await readCache()).entries[key];
  return entry && isFresh(entry, now) ? entry.result : undefined;
}

/**
 * Keeps a result, and drops those that are too old to be used. A home that cannot be written to
 * only costs the next start another probe, so it does not stop this one.
 */
export async function storeProbe(
  key: string,
  result: ProbeResult,
  now: number = Date.now(),
): Promise<void> {
  const fresh = Object.entries((await readCache()).entries)
    .filter(([, old]) => isFresh(old, now))
    .sort(([, a], [, b]) => b.time - a.time)
    .slice(0, KEPT_ENTRIES - 1);
  const entries = { ...Object.fromEntries(fresh), [key]: { time: now, result } };
  try {
    await replaceText(probeCacheFile(), `${JSON.stringify({ format: 1, entries })}\n`);
  } catch (error) {
    if (!unwritable.has((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

const unwritable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOTDIR']);

function isFresh({ time, result }: Cache['entries'][string], now: number): boolean {
  const age = now - time;
  return age >= 0 && age < (result.usable ? MAX_AGE.usable : MAX_AGE.unusable);
}

/** A missing or damaged cache is an empty one: everything in it can be measured again. */
async function readCache(): Promise<Cache> {
  try {
    return cacheSchema.parse(JSON.parse(await readFile(probeCacheFile(), 'utf8')));
  } catch {
    return { format: 1, entries: {} };
  }
}
