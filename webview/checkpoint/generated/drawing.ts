import { signal } from '@preact/signals';
import type { NetworkQuestion, PictureAnswer } from '../../../src/shared/inspectionQuestions';
import { ask, type Asked } from '../asking';
import type { ShownFile } from '../files';
import { view, type GeneratedView } from '../viewState';

/** What a generator was asked to draw. */
export type DrawQuestion = Extract<NetworkQuestion, { kind: 'samples' | 'interpolation' }>;

/** A picture that was asked for. */
export interface Drawing {
  readonly file: ShownFile;
  readonly question: DrawQuestion;
  readonly asked: Asked<PictureAnswer>;
}

/** The newest picture that was asked for; it stays when another panel is looked at. */
export const drawing = signal<Drawing | undefined>(undefined);

/** The newest picture that came; shown until the next one is there, so that nothing flashes. */
export const drawn = signal<
  { readonly drawing: Drawing; readonly picture: PictureAnswer } | undefined
>(undefined);

/** What the settings ask for. */
export function questionOf(settings: GeneratedView): DrawQuestion {
  const { paths, seed, count, toSeed, rows, steps } = settings;
  return paths
    ? { kind: 'interpolation', fromSeed: seed, toSeed, steps, rows }
    : { kind: 'samples', seed, count };
}

/** Has the generator of a file draw what the settings ask for; what is on its way is dropped. */
export function draw(file: ShownFile): void {
  stopDrawing();
  const question = questionOf(view.generated.peek());
  const asked = question.kind === 'samples' ? ask(file.file, question) : ask(file.file, question);
  const made: Drawing = { file, question, asked };
  drawing.value = made;
  const stop = asked.parts.subscribe((parts) => {
    const picture = parts.at(-1);
    if (!picture) return;
    drawn.value = { drawing: made, picture };
    queueMicrotask(() => stop());
  });
}

/** Does without a picture that takes too long. */
export function stopDrawing(): void {
  const now = drawing.peek();
  if (now?.asked.state.peek() === 'waiting') {
    now.asked.drop();
    drawing.value = drawn.peek()?.drawing;
  }
}

/** Changes the settings; what was drawn before is drawn anew with them. */
export function changeGenerated(change: Partial<GeneratedView>): void {
  view.generated.value = { ...view.generated.peek(), ...change };
  const now = drawing.peek();
  if (now) draw(now.file);
}
