import { ProcessEnded } from './lineProcess';
import type { Participant, Round } from './participant';
import { median } from './statistics';

export interface Pace {
  readonly rounds: number;
  /** How long a participant is measured in each round; at least one step. */
  readonly seconds: number;
}

/** What a participant did in the rounds. */
export interface Performance {
  readonly participant: Participant;
  readonly rounds: readonly Round[];
  /** Why it took no part to the end; a sentence. */
  readonly failure: string | undefined;
}

/** A participant whose steps are long has had enough after this many times its share. */
const PATIENCE = 4;

/**
 * Lets participants make steps in turns, one after the other in every round, so that all of them
 * meet the same hours of a machine that others use, too. One that is too slow for its share makes
 * one step a round that counts, and takes no part in the last rounds when that has taken four times
 * the share of all.
 */
export async function alternate(
  participants: readonly Participant[],
  { rounds, seconds }: Pace,
  tell: (round: number, participant: Participant, result: Round) => void = () => undefined,
): Promise<Performance[]> {
  const states = participants.map((participant) => ({
    participant,
    rounds: [] as Round[],
    failure: undefined as string | undefined,
    spent: 0,
    stepSeconds: participant.warmSeconds,
  }));
  for (let round = 1; round <= rounds; round++) {
    for (const state of states) {
      if (state.failure !== undefined || state.spent > PATIENCE * rounds * seconds) continue;
      try {
        const steps = Math.max(1, Math.round(seconds / state.stepSeconds));
        const result = await roundAfterPause(state.participant, steps);
        state.rounds.push(result);
        state.stepSeconds = result.medianSeconds;
        state.spent += (1 + result.steps) * result.medianSeconds;
        tell(round, state.participant, result);
      } catch (thrown) {
        if (!(thrown instanceof ProcessEnded)) throw thrown;
        state.failure = thrown.message;
      }
    }
  }
  return states;
}

/**
 * Some steps of a participant that paused while another computed. They follow one that does not
 * count: the caches are the other's, and a kernel that reclaims idle memory has taken it away.
 *
 * @throws ProcessEnded
 */
export async function roundAfterPause(
  participant: Participant,
  steps: number,
  measure?: boolean,
): Promise<Round> {
  await participant.round(1, measure);
  return participant.round(steps, measure);
}

/** The median of the rounds' medians, and the shortest step of all; seconds. */
export function summarise(rounds: readonly Round[]): { median: number; min: number } {
  return {
    median: median(rounds.map((round) => round.medianSeconds)),
    min: Math.min(...rounds.map((round) => round.minSeconds)),
  };
}
