import { statfs } from 'node:fs/promises';
import os from 'node:os';
import type { Command } from 'commander';
import { tryAllRuntimes } from '../runtime/choose';
import { decideFastest } from '../runtime/decide';
import type { ProbeResult } from '../runtime/probe/probeResult';
import { nvidiaGpu } from '../runtime/tensorflow/nvidiaGpu';
import { UserError } from '../shared/userError';
import { note, printResult } from './output';

/** Long enough for a speed that two runs agree on. */
const SECONDS = 2;
const GIGABYTE = 1e9;

/** Adds `sn-gan doctor`. */
export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description('Try every runtime on this machine and say how to get a faster one.')
    .action((_flags: object, command: Command) => doctor(command));
}

/** What `sn-gan doctor --json` prints. */
interface Diagnosis {
  readonly node: { version: string; path: string; supported: boolean };
  readonly machine: { platform: string; memoryBytes: number; freeDiskBytes: number };
  readonly runtimes: readonly ProbeResult[];
  /** What `auto` chooses, and why; null when no runtime works. */
  readonly automatic: { name: string; reason: string } | null;
  readonly advice: readonly string[];
}

async function doctor(command: Command): Promise<void> {
  note(`Trying each runtime for about ${SECONDS} seconds …`);
  const runtimes = await tryAllRuntimes({ refresh: true, seconds: SECONDS });
  const { bavail, bsize } = await statfs(process.cwd());
  const diagnosis: Diagnosis = {
    node: {
      version: process.versions.node,
      path: process.execPath,
      supported: Number.parseInt(process.versions.node) >= 20,
    },
    machine: {
      platform: `${os.platform()} ${os.arch()} ${os.release()}`,
      memoryBytes: os.totalmem(),
      freeDiskBytes: bavail * bsize,
    },
    runtimes,
    automatic: automaticChoice(runtimes),
    advice: adviseFaster(runtimes, (await nvidiaGpu())?.name),
  };
  printResult(command, diagnosis, () => describe(diagnosis));
}

function automaticChoice(runtimes: readonly ProbeResult[]): Diagnosis['automatic'] {
  try {
    return decideFastest(runtimes);
  } catch (error) {
    if (error instanceof UserError) return null;
    throw error;
  }
}

function describe({ node, machine, runtimes, automatic, advice }: Diagnosis): string[] {
  const gigabytes = (bytes: number): string => `${(bytes / GIGABYTE).toFixed(0)} GB`;
  return [
    `Node ${node.version} (${node.path})${node.supported ? '' : ', too old: 20 or later is needed'}`,
    `${machine.platform}, ${gigabytes(machine.memoryBytes)} of memory, ${gigabytes(machine.freeDiskBytes)} free on this disk`,
    '',
    ...runtimes.map(runtimeLine),
    '',
    automatic
      ? `\`auto\` trains with ${automatic.name}.`
      : 'No runtime works, so nothing can be trained.',
    ...advice,
  ];
}

function runtimeLine(result: ProbeResult): string {
  const name = result.name.padEnd(10);
  if (!result.usable) return `${name}  not usable: ${result.reason}`;
  const { version, device, deviceKind, memoryBytes, gflops, remark } = result;
  const kind = { cpu: 'processor', gpu: 'graphics card', software: 'software adapter, slow' };
  const speed = gflops === null ? 'not timed' : `${gflops.toPrecision(3)} GFLOPS`;
  const memory = memoryBytes === null ? '' : `, ${(memoryBytes / GIGABYTE).toFixed(0)} GB`;
  const line = `${name}  ${version.padEnd(8)}  ${speed.padEnd(12)}  ${device} (${kind[deviceKind]}${memory})`;
  return remark === null ? line : `${line}; it says: ${remark}`;
}

/**
 * What to do to train faster, as far as it can be told from the probes.
 *
 * @param nvidia name of the NVIDIA card whose driver answers, if there is one
 */
export function adviseFaster(
  runtimes: readonly ProbeResult[],
  nvidia: string | undefined,
): string[] {
  const usable = runtimes.filter((result) => result.usable);
  const tensorflow = usable.find(({ name }) => name === 'tensorflow');
  if (tensorflow?.deviceKind === 'gpu') return [];
  if (nvidia !== undefined) return [`To train on the ${nvidia}: \`sn-gan runtime install --gpu\`.`];
  const native = tensorflow ? [] : ['For native speed: `sn-gan runtime install`.'];
  if (usable.some(({ deviceKind }) => deviceKind === 'gpu')) return native;
  return [
    ...native,
    'No graphics card was found. With a driver installed, webgpu finds any; NVIDIA cards can also train with `sn-gan runtime install --gpu`.',
  ];
}
