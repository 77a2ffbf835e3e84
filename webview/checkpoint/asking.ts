import { signal, type Signal } from '@preact/signals';
import type { ToCheckpointPage } from '../../src/shared/checkpointPage';
import type { Answer, Question } from '../../src/shared/inspectionQuestions';
import { send } from './connection';

/** What a question of kind K is answered with. */
type AnswerTo<K extends Question['kind']> = Extract<
  Answer,
  { readonly kind: K extends 'samples' | 'interpolation' ? 'picture' : K }
>;

/** A question that was asked, and what has come of it so far. */
export interface Asked<A extends Answer = Answer> {
  /** The parts of the answer in the order in which they came; most answers have one. */
  readonly parts: Signal<readonly A[]>;
  readonly state: Signal<'waiting' | 'answered' | 'refused'>;
  /** Why there is no answer; one sentence, '' where there is one. */
  readonly why: Signal<string>;
  /** The answer is not wanted any more; nothing comes after this. */
  readonly drop: () => void;
}

const open = new Map<number, Asked>();
let lastAsk = 0;

/** Asks a question about a file. */
export function ask<K extends Question['kind']>(
  file: string,
  question: Extract<Question, { readonly kind: K }>,
): Asked<AnswerTo<K>> {
  const number = ++lastAsk;
  const asked = {
    parts: signal<readonly AnswerTo<K>[]>([]),
    state: signal<'waiting' | 'answered' | 'refused'>('waiting'),
    why: signal(''),
    drop: () => {
      if (open.delete(number)) send({ type: 'drop', ask: number });
    },
  };
  // The extension answers a question with its own kind.
  open.set(number, asked);
  send({ type: 'ask', ask: number, file, question });
  return asked;
}

/** Takes in what the extension says about questions. */
export function hearAnswers(message: ToCheckpointPage): void {
  if (message.type === 'init') {
    // A page that starts anew has nobody who waits.
    open.clear();
    return;
  }
  if (message.type !== 'answer' && message.type !== 'refused') return;
  const asked = open.get(message.ask);
  if (!asked) return;
  if (message.type === 'refused') {
    asked.why.value = message.why;
    asked.state.value = 'refused';
  } else {
    asked.parts.value = [...asked.parts.value, message.answer];
    if (!message.last) return;
    asked.state.value = 'answered';
  }
  open.delete(message.ask);
}
