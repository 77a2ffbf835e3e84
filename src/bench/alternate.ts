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
 * one step a round, and takes no part in the last rounds when that has taken four times the share
 * of all.
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
        const result = await state.participant.round(steps);
        state.rounds.push(result);
        state.stepSeconds = result.medianSeconds;
        state.spent += result.steps * result.medianSeconds;
        tell(round, state.participant, result);
      } catch (thrown) {
        if (!(thrown instanceof ProcessEnded)) throw thrown;
        state.failure = thrown.message;
      }
    }
  }
  return states;
}

/** The median of the rounds' medians, and the shortest step of all; seconds. */
export function summarise(rounds: readonly Round[]): { median: number; min: number } {
  return {
    median: median(rounds.map((round) => round.medianSeconds)),
    min: Math.min(...rounds.map((round) => round.minSeconds)),
  };
}
