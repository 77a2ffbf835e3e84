import { batch, signal, type Signal } from '@preact/signals';
import type { InspectionState, ToCheckpointPage } from '../../src/shared/checkpointPage';
import type { FileListing, LayerNumbers, NetworkVerdict } from '../../src/shared/inspection';

/** A weight file as the page knows it. Whoever reads a signal is drawn again when it changes. */
export interface ShownFile {
  /** Absolute path; names the file in messages. */
  readonly file: string;
  /** Undefined until it has been read, and where it cannot be. */
  readonly listing: Signal<FileListing | undefined>;
  /** Why it cannot be read; one sentence. */
  readonly unreadable: Signal<string | undefined>;
  /** What has been computed, by the layer's name. */
  readonly numbers: Signal<Readonly<Record<string, LayerNumbers>>>;
  /** By the network's name. */
  readonly verdicts: Signal<Readonly<Record<string, NetworkVerdict>>>;
  /** Undefined until the inspection has begun. */
  readonly state: Signal<InspectionState | undefined>;
}

/** The files shown, the primary one first. */
export const files = signal<readonly ShownFile[]>([]);

/** Sentences to show until they are dismissed, the newest last. */
export const problems = signal<readonly string[]>([]);

/** What has happened to the files meanwhile, until it is dismissed; the newest last. */
export const notes = signal<readonly string[]>([]);

/** What has been computed and is not shown yet. */
let waiting: OfFile[] = [];
let frame = 0;

/**
 * Takes in what the extension says about files. Numbers of a network of hundreds of layers come
 * faster than the table of layers can be drawn: all that come in a frame are drawn once.
 */
export function hearFiles(message: ToCheckpointPage): void {
  if (message.type === 'numbers' || message.type === 'verdict' || message.type === 'state') {
    waiting.push(message);
    if (frame === 0) frame = requestAnimationFrame(hearWaiting);
    return;
  }
  hearWaiting();
  switch (message.type) {
    case 'init':
      // Everything comes anew, also of files that were shown before.
      files.value = message.files.map(newFile);
      return;
    case 'files':
      files.value = message.files.map((file) => shownFile(file) ?? newFile(file));
      return;
    case 'problem':
      problems.value = withNewest(problems.value, message.message);
      return;
    case 'note':
      notes.value = withNewest(notes.value, message.message);
      return;
    case 'listing':
    case 'unreadable':
      hearOf(message);
      return;
    case 'answer':
    case 'refused':
      // Of questions: see asking.ts.
      return;
  }
}

/** The shown file of a path. */
export function shownFile(path: string): ShownFile | undefined {
  return files.value.find(({ file }) => file === path);
}

/** Takes away a sentence that was read. */
export function dismissProblem(message: string): void {
  problems.value = problems.value.filter((problem) => problem !== message);
}

/** Takes away a note that was read. */
export function dismissNote(message: string): void {
  notes.value = notes.value.filter((note) => note !== message);
}

/** Asked for twice, refused twice: once is enough to read. */
function withNewest(sentences: readonly string[], newest: string): readonly string[] {
  return [...sentences.filter((known) => known !== newest), newest];
}

function newFile(file: string): ShownFile {
  return {
    file,
    listing: signal<FileListing | undefined>(undefined),
    unreadable: signal<string | undefined>(undefined),
    numbers: signal<Readonly<Record<string, LayerNumbers>>>({}),
    verdicts: signal<Readonly<Record<string, NetworkVerdict>>>({}),
    state: signal<InspectionState | undefined>(undefined),
  };
}

type OfFile = Extract<ToCheckpointPage, { readonly file: string }>;

function hearWaiting(): void {
  cancelAnimationFrame(frame);
  frame = 0;
  const messages = waiting;
  waiting = [];
  batch(() => messages.forEach(hearOf));
}

function hearOf(message: OfFile): void {
  const file = shownFile(message.file);
  if (!file) return;
  switch (message.type) {
    case 'listing':
      file.listing.value = message.listing;
      file.unreadable.value = undefined;
      file.numbers.value = {};
      file.verdicts.value = {};
      return;
    case 'unreadable':
      file.unreadable.value = message.why;
      return;
    case 'numbers': {
      const { layer, numbers } = message;
      const known = file.numbers.value;
      file.numbers.value = { ...known, [layer]: { ...known[layer], ...numbers } };
      return;
    }
    case 'verdict':
      file.verdicts.value = { ...file.verdicts.value, [message.verdict.network]: message.verdict };
      return;
    case 'state':
      file.state.value = message.state;
  }
}
