import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { makeInput } from './makeInput';
import { readSeeds } from './seeds';
import { tryInput, writeInput } from './tryInput';

/**
 * Opens changed weight files and reads every array of them: each has to end in values or in a
 * sentence, within two seconds, and all of them within 512 MB. Seeds and numbers of an input make
 * it again: `npm run fuzz -- --seed 1 --from 4711 --count 1`.
 */

const SECONDS_EACH = 2;
const MEGABYTES = 512;

interface Watched {
  readonly index: Int32Array;
  readonly folder: string;
}

async function fuzz(): Promise<void> {
  const { values: options } = parseArgs({
    options: {
      count: { type: 'string', default: '100000' },
      seed: { type: 'string', default: '1' },
      from: { type: 'string', default: '0' },
      seeds: { type: 'string', default: 'test/fixtures/weights' },
    },
  });
  const [count, seed, from] = [options.count, options.seed, options.from].map(Number);
  const seeds = readSeeds(options.seeds);
  const folder = mkdtempSync(path.join(tmpdir(), 'sn-gan-fuzz-'));
  const index = new Int32Array(new SharedArrayBuffer(4));
  const watch = new Worker(__filename, { workerData: { index, folder } satisfies Watched });
  const counts = { accepted: 0, part: 0, refused: 0 };
  const bySeed = new Map<string, number>();
  const slowest = { milliseconds: 0, index: -1, seed: '' };
  const failures: string[] = [];
  const begin = performance.now();
  for (let i = from; i < from + count; i++) {
    Atomics.store(index, 0, i);
    const input = makeInput(seeds, seed, i);
    const file = writeInput(folder, input);
    try {
      const { kind, milliseconds } = await tryInput(file);
      counts[kind]++;
      if (kind !== 'refused') bySeed.set(input.seed, (bySeed.get(input.seed) ?? 0) + 1);
      if (milliseconds > slowest.milliseconds) {
        Object.assign(slowest, { milliseconds, index: i, seed: input.seed });
      }
      if (milliseconds > SECONDS_EACH * 1000) {
        failures.push(
          `Input ${i} (${input.seed}) took ${milliseconds.toFixed(0)} ms: ${kept(folder, i)}`,
        );
      }
    } catch (thrown) {
      const stack = thrown instanceof Error ? thrown.stack : String(thrown);
      failures.push(`Input ${i} (${input.seed}) failed: ${kept(folder, i)}\n${stack}`);
    }
    if ((i - from + 1) % 10_000 === 0) {
      const seconds = (performance.now() - begin) / 1000;
      console.log(`${i - from + 1} inputs, ${seconds.toFixed(0)} s, peak ${peakMegabytes()} MB`);
    }
    if (failures.length >= 10) break;
  }
  await watch.terminate();
  rmSync(folder, { recursive: true });
  if (peakMegabytes() > MEGABYTES) failures.push(`The peak of memory was ${peakMegabytes()} MB.`);
  const leaked = openFiles();
  if (leaked > 50) failures.push(`${leaked} files are still open.`);
  const share = (part: number): string => `${part} (${((100 * part) / count).toFixed(1)} %)`;
  console.log(
    [
      `${count} inputs of ${seeds.length} seeds (seed ${seed}, from ${from})`,
      `accepted ${share(counts.accepted)}, in part ${share(counts.part)}, refused ${share(counts.refused)}`,
      `slowest ${slowest.milliseconds.toFixed(0)} ms (input ${slowest.index}, ${slowest.seed})`,
      `peak memory ${peakMegabytes()} MB, ${leaked} files open at the end`,
      `${bySeed.size} seeds with inputs that were opened`,
      failures.length === 0 ? 'No failures.' : failures.join('\n'),
    ].join('\n'),
  );
  process.exitCode = failures.length === 0 ? 0 : 1;
}

/** Keeps an input that failed; returns where. */
function kept(folder: string, index: number): string {
  const target = path.join(tmpdir(), `sn-gan-fuzz-failure-${index}`);
  cpSync(folder, target, { recursive: true });
  return target;
}

function peakMegabytes(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

function openFiles(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
}

/** Ends the process where an input takes so long that nothing else would. */
function watchOver({ index, folder }: Watched): void {
  let last = -1;
  setInterval(() => {
    const now = Atomics.load(index, 0);
    if (now === last) {
      console.error(`Input ${now} hangs: ${kept(folder, now)}`);
      process.kill(process.pid, 'SIGKILL');
    }
    last = now;
  }, 20_000);
}

if (isMainThread) void fuzz();
else watchOver(workerData as Watched);
