import { z } from 'zod';
import type { RuntimeName } from '../shared/config';
import { alternate, summarise, type Pace, type Performance } from './alternate';
import type { Course } from './bench';
import { benchCaseSchema, titleOf, type BenchCase } from './benchCase';
import { ProcessEnded } from './lineProcess';
import { participantFactsSchema, roundSchema, type Participant } from './participant';
import { startPeer, type Peer } from './startPeer';
import { startRuntime } from './startRuntime';

/** How fast a participant made the steps of a case. */
export const participantSchema = participantFactsSchema.extend({
  /** The median of the rounds' medians. */
  medianSeconds: z.number(),
  minSeconds: z.number(),
  /** Real images that D is shown. */
  imagesPerSecond: z.number(),
  /** 10^9 floating point operations a second, of those that a step has where its sums are plain. */
  gflops: z.number().nullable(),
  /** Of the process; null: not known. */
  peakBytes: z.number().nullable(),
  /** Its time divided by the first peer's; null: it is that peer, or there is none. */
  ratio: z.object({ median: z.number(), min: z.number() }).nullable(),
  rounds: z.array(roundSchema),
});
export type ParticipantResult = z.infer<typeof participantSchema>;

/** Who could not take part, or not to the end. */
export const absenceSchema = z.object({ name: z.string(), reason: z.string() });
export type Absence = z.infer<typeof absenceSchema>;

/** A case, and everybody's times for it, taken in turns. */
export const comparisonSchema = z.object({
  case: benchCaseSchema,
  title: z.string(),
  participants: z.array(participantSchema),
  absent: z.array(absenceSchema),
});
export type Comparison = z.infer<typeof comparisonSchema>;

export interface CompareOptions extends Course {
  readonly runtimes: readonly RuntimeName[];
  readonly peers: readonly Peer[];
  readonly pace: Pace;
}

/** Measures a case on runtimes and peers, which make their steps in turns. */
export async function compare(
  benchCase: BenchCase,
  { runtimes, peers, pace, signal, tell }: CompareOptions,
): Promise<Comparison> {
  const title = titleOf(benchCase);
  const absent: Absence[] = [];
  const present: Participant[] = [];
  const enter = async (name: string, start: () => Promise<Participant>): Promise<void> => {
    tell(`${title}: starting ${name} …`);
    try {
      present.push(await start());
    } catch (thrown) {
      signal?.throwIfAborted();
      if (!(thrown instanceof ProcessEnded)) throw thrown;
      tell(`${title}: ${name} takes no part: ${thrown.message}`);
      absent.push({ name, reason: thrown.message });
    }
  };
  try {
    for (const peer of peers) {
      await enter(peer.script, () => startPeer(peer, benchCase, signal));
    }
    for (const runtime of runtimes) {
      await enter(runtime, () => startRuntime(runtime, benchCase, signal));
    }
    const done = await alternate(present, pace, (round, { facts }, { medianSeconds }) =>
      tell(`${title}: round ${round}, ${facts.name} ${medianSeconds.toFixed(3)} s a step`),
    );
    signal?.throwIfAborted();
    for (const { participant, failure } of done) {
      if (failure !== undefined) absent.push({ name: participant.facts.name, reason: failure });
    }
    const timed = done.filter(({ rounds }) => rounds.length > 0);
    return { case: benchCase, title, participants: resultsOf(timed, benchCase), absent };
  } finally {
    await Promise.all(present.map((participant) => participant.close()));
  }
}

function resultsOf(timed: readonly Performance[], { batch }: BenchCase): ParticipantResult[] {
  const peer = timed.find(({ participant }) => participant.facts.kind === 'peer');
  const best = peer && summarise(peer.rounds);
  // A step of the peer is the same mathematics, so it is counted as the runtimes count theirs.
  const operations = timed.find(({ participant }) => participant.facts.operations !== null)
    ?.participant.facts.operations;
  return timed.map((each) => {
    const { participant, rounds } = each;
    const { median, min } = summarise(rounds);
    return {
      ...participant.facts,
      medianSeconds: median,
      minSeconds: min,
      imagesPerSecond: batch / median,
      gflops: operations ? operations / median / 1e9 : null,
      peakBytes: participant.peakBytes,
      ratio: best && each !== peer ? { median: median / best.median, min: min / best.min } : null,
      rounds: [...rounds],
    };
  });
}
