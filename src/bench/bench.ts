import { tryAllRuntimes } from '../runtime/choose';
import { decideAsked, decideFastest } from '../runtime/decide';
import type { ProbeResult } from '../runtime/probe/probeResult';
import type { RuntimeName } from '../shared/config';
import { UserError } from '../shared/userError';
import type { Pace } from './alternate';
import type { BenchCase } from './benchCase';
import { measureGrowth, type GrowthSettings } from './growth/growth';
import { isBusy, thisMachine } from './machine';
import { measureOverhead } from './overhead';
import type { BenchReport } from './report';
import { compare, type Absence } from './speed';
import type { Peer } from './startPeer';

export interface BenchSettings {
  /** Version of sn-gan, for the report. */
  readonly version: string;
  /** These, or every runtime that works here. */
  readonly runtimes: readonly RuntimeName[] | undefined;
  readonly cases: readonly BenchCase[];
  readonly peers: readonly Peer[];
  readonly pace: Pace;
  /** Whether only steps are timed, and not what a training takes beside them. */
  readonly stepsOnly: boolean;
  /** Measures growth instead of the cases. */
  readonly growth: GrowthSettings | undefined;
}

/** What a measurement is told, and tells. */
export interface Course {
  readonly signal?: AbortSignal;
  /** What is being done; sentences and clauses. */
  readonly tell: (line: string) => void;
}

/**
 * Measures the runtimes of this machine. An abort ends it early, with what was measured until then.
 *
 * @throws UserError when a runtime that was asked for does not work, or none does
 */
export async function bench(settings: BenchSettings, course: Course): Promise<BenchReport> {
  const start = performance.now();
  const begun = new Date().toISOString();
  const machine = thisMachine();
  if (isBusy(machine)) {
    course.tell(
      `Other programs use this machine (load ${machine.load.toFixed(1)}): times will be longer.`,
    );
  }
  const { pace, peers } = settings;
  const { names, fastest, absent } = await runtimesFor(settings.runtimes);
  const found: Pick<BenchReport, 'comparisons' | 'overheads' | 'growth'> = {
    comparisons: [],
    overheads: [],
    growth: null,
  };
  let complete = true;
  try {
    if (settings.growth) {
      found.growth = { batch: [], width: [], steps: [], folders: [] };
      const runtimes = settings.runtimes ?? [fastest];
      await measureGrowth(runtimes, settings.growth, found.growth, course);
    } else {
      await measureCases(names, settings, found, course);
    }
  } catch (thrown) {
    if (!course.signal?.aborted) throw thrown;
    complete = false;
  }
  return {
    format: 1,
    begun,
    seconds: (performance.now() - start) / 1000,
    complete,
    version: settings.version,
    machine,
    settings: { ...pace, peers: peers.map(({ script }) => script), nDis: 1 },
    absent,
    ...found,
  };
}

async function measureCases(
  runtimes: readonly RuntimeName[],
  { cases, peers, pace, stepsOnly }: BenchSettings,
  found: Pick<BenchReport, 'comparisons' | 'overheads'>,
  course: Course,
): Promise<void> {
  for (const benchCase of cases) {
    const comparison = await compare(benchCase, { runtimes, peers, pace, ...course });
    found.comparisons.push(comparison);
    if (stepsOnly) continue;
    for (const result of comparison.participants) {
      if (result.kind === 'peer') continue;
      found.overheads.push(await measureOverhead(result, benchCase, pace, course));
    }
  }
}

/** The runtimes to measure, the fastest of them, and what became of the others. */
async function runtimesFor(
  asked: readonly RuntimeName[] | undefined,
): Promise<{ names: readonly RuntimeName[]; fastest: RuntimeName; absent: Absence[] }> {
  const results = await tryAllRuntimes();
  if (asked) {
    const wanted = results.filter(({ name }) => asked.includes(name));
    for (const result of wanted) decideAsked(result);
    return { names: asked, fastest: asked[0], absent: [] };
  }
  const names = results.filter(isWorthMeasuring).map(({ name }) => name);
  const absent = results.filter((result) => !isWorthMeasuring(result)).map(absence);
  if (names.length === 0) {
    throw new UserError('No runtime works on this machine; run "sn-gan doctor" for advice.');
  }
  return { names, fastest: decideFastest(results).name, absent };
}

/** Software that imitates a graphics card takes minutes a step; it can be asked for by name. */
function isWorthMeasuring(result: ProbeResult): boolean {
  return result.usable && result.deviceKind !== 'software';
}

function absence(result: ProbeResult): Absence {
  const { name } = result;
  if (!result.usable) return { name, reason: result.reason };
  return { name, reason: `only a software adapter (${result.device}); name it with --runtime.` };
}
