import type { RuntimeName } from '../shared/config';
import { UserError } from '../shared/userError';
import { asSentence } from './asSentence';
import type { ProbeResult, UsableRuntime } from './probe/probeResult';

/** The runtime that will train, and a sentence that says why it and not another. */
export interface RuntimeDecision {
  readonly name: RuntimeName;
  readonly reason: string;
}

/**
 * The fastest of the probed runtimes. Software adapters never win: they only imitate a graphics
 * card, and the processor itself is faster.
 *
 * @throws UserError when none is usable, with the reason of each
 */
export function decideFastest(results: readonly ProbeResult[]): RuntimeDecision {
  const ranked = results
    .filter((result) => result.usable)
    .filter(({ deviceKind, gflops }) => deviceKind !== 'software' && gflops !== null)
    .sort((a, b) => Number(b.gflops) - Number(a.gflops));
  const best = ranked.at(0);
  if (!best)
    throw new UserError(
      `No runtime works on this machine. ${results.map(whyNot).join(' ')} Run \`sn-gan doctor\` for advice.`,
    );
  const slower = ranked.slice(1).map((other) => `${other.name} ${speed(other)}`);
  const against = slower.length > 0 ? `, against ${slower.join(' and ')}` : '';
  const others = results.filter((result) => !ranked.some(({ name }) => name === result.name));
  const reasons = others.map((other) => ` ${whyNot(other)}`).join('');
  return { name: best.name, reason: `${describe(best)}${against}.${reasons}` };
}

/**
 * The runtime that was asked for, and no other.
 *
 * @throws UserError with the probe's reason when it does not work
 */
export function decideAsked(result: ProbeResult): RuntimeDecision {
  if (!result.usable)
    throw new UserError(
      `The runtime ${result.name} was asked for and does not work here: ${result.reason}`,
    );
  const warning =
    result.deviceKind === 'software'
      ? ' It is a software adapter, far slower than the runtime wasm.'
      : '';
  return { name: result.name, reason: `${describe(result)}; as asked.${warning}` };
}

/** `tensorflow 2.21.0 on AMD EPYC, 2 cores: 88 GFLOPS` */
function describe(result: UsableRuntime): string {
  const { name, version, device, gflops } = result;
  return `${name} ${version} on ${device}${gflops === null ? '' : `: ${speed(result)} GFLOPS`}`;
}

/** Two digits are as many as a short measurement on a busy machine can give. */
function speed({ gflops }: UsableRuntime): string {
  return gflops === null ? 'not timed' : String(Number(gflops.toPrecision(2)));
}

function whyNot(result: ProbeResult): string {
  if (!result.usable) return asSentence(`${result.name}: ${result.reason}`);
  return `${result.name}: only a software adapter (${result.device}).`;
}
