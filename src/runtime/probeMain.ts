import { parseArgs } from 'node:util';
import { runtimeNames, type RuntimeName } from '../shared/config';
import { messageOf } from '../shared/userError';
import { loadRuntime } from './load';
import { measureGflops } from './probe/measure';
import type { ProbeResult } from './probe/probeResult';
import { verifyConvolutions } from './probe/verify';

/**
 * The child process that tries one runtime, so that a crash or a hang of native code stays here.
 *
 *     node probe.cjs --runtime wasm --seconds 0.3 [--addon FILE] [--software]
 *
 * Without `--software`, an adapter that only imitates a graphics card is checked but not timed.
 * The result goes to the parent, or to standard output when there is none.
 */
async function probe(): Promise<ProbeResult> {
  const { values } = parseArgs({
    options: {
      runtime: { type: 'string', default: '' },
      seconds: { type: 'string', default: '0.3' },
      addon: { type: 'string' },
      software: { type: 'boolean', default: false },
    },
  });
  const name = values.runtime;
  if (!isRuntimeName(name)) throw new Error(`--runtime ${name} is not a runtime.`);
  try {
    const { addon } = values;
    const info = await loadRuntime(name, addon === undefined ? {} : { addon });
    await verifyConvolutions();
    const timed = info.deviceKind !== 'software' || values.software;
    const gflops = timed ? await measureGflops(Number(values.seconds)) : null;
    return { usable: true, ...info, gflops, remark: null };
  } catch (error) {
    return { usable: false, name, reason: messageOf(error) };
  }
}

function isRuntimeName(name: string): name is RuntimeName {
  return name !== 'auto' && (runtimeNames as readonly string[]).includes(name);
}

async function main(): Promise<void> {
  const result = await probe();
  // The graphics libraries keep threads alive, so the end has to be asked for.
  if (process.send) process.send(result, () => process.exit(0));
  else process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
}

void main();
