import { useEffect, useState } from 'preact/hooks';
import type { FileListing } from '../../../src/shared/inspection';
import type { Answer, Question } from '../../../src/shared/inspectionQuestions';
import { ask, type Asked } from '../asking';
import type { ShownFile } from '../files';

/** A question about a file. */
export interface Wanted<Q extends Question = Question> {
  readonly file: ShownFile;
  readonly question: Q;
}

type AnswerOf<Q extends Question> = Extract<Answer, { readonly kind: Q['kind'] }>;

/** What has been asked of a file as it is listed; a new listing may have other answers. */
const known = new WeakMap<FileListing, Map<string, Asked>>();

/**
 * Asks questions while a component that shows their answers is there, each once: complete answers
 * are kept as long as the file is, and those still awaited are dropped with the component.
 */
export function useAnswers<Q extends Question>(
  wanted: readonly Wanted<Q>[],
): readonly (Asked<AnswerOf<Q>> | undefined)[] {
  const keys = wanted.map(keyOf);
  const [asked, setAsked] = useState<ReadonlyMap<string, Asked>>(new Map());
  const listings = wanted.map(({ file }) => file.listing.value);
  useEffect(() => {
    const made = wanted.map(({ file, question }, i): [string, Asked | undefined] => [
      keys[i],
      askedOnce(file, question),
    ]);
    setAsked(new Map(made.flatMap(([key, one]) => (one ? [[key, one] as const] : []))));
    return () => {
      wanted.forEach((one, i) => forgetUnanswered(listings[i], keyOf(one)));
    };
  }, [keys.join('\n'), ...listings]);
  return keys.map((key) => asked.get(key) as Asked<AnswerOf<Q>> | undefined);
}

/** The same for one question; undefined while there is none to ask. */
export function useAnswer<Q extends Question>(
  wanted: Wanted<Q> | undefined,
): Asked<AnswerOf<Q>> | undefined {
  return useAnswers(wanted ? [wanted] : []).at(0);
}

function keyOf({ file, question }: Wanted): string {
  return `${file.file} ${JSON.stringify(question)}`;
}

function askedOnce(file: ShownFile, question: Question): Asked | undefined {
  const listing = file.listing.peek();
  if (!listing) return undefined;
  const asked = known.get(listing) ?? new Map<string, Asked>();
  known.set(listing, asked);
  const key = keyOf({ file, question });
  const before = asked.get(key);
  if (before) return before;
  const now = ask(file.file, question);
  asked.set(key, now);
  return now;
}

function forgetUnanswered(listing: FileListing | undefined, key: string): void {
  const asked = listing && known.get(listing);
  const one = asked?.get(key);
  if (!one || one.state.peek() === 'answered') return;
  one.drop();
  asked?.delete(key);
}
