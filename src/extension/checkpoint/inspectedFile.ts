import { stat } from 'node:fs/promises';
import path from 'node:path';
import { t } from '@vscode/l10n';
import type { FromInspector } from '../../inspection/protocol';
import type { Correction, Corrections } from '../../shared/inspection';
import type { Answer, Question, WeightQuestion } from '../../shared/inspectionQuestions';
import { Emitter, type Subscription } from '../emitter';
import type { CorrectionMemory } from './correctionMemory';
import { InspectionKnowledge, type FileMessage } from './inspectionKnowledge';
import { Player } from './player';
import type { InspectionThreads, Thread } from './threads';
import type { Turns } from './turns';
import type { watchFile } from './watchFile';

/** What inspected files work with. */
export interface InspectionParts {
  readonly threads: InspectionThreads;
  readonly corrections: CorrectionMemory;
  /** For threads that answer questions about weights. */
  readonly turns: Turns;
  readonly watch: typeof watchFile;
}

/** Something that a page is told: of the file, or one sentence about it. */
export type FileNews =
  FileMessage | { readonly type: 'problem' | 'note'; readonly message: string };

/** What becomes of a question: parts of the answer, of which one is the last, or a refusal. */
export interface QuestionListener {
  answered(answer: Answer, last: boolean): void;
  /** One sentence. */
  refused(why: string): void;
}

/**
 * A weight file, looked into by threads for as long as somebody has it open: one that computes
 * everything in turn, and one for each question. Every page that shows the file is told the same.
 */
export class InspectedFile {
  private readonly knowledge: InspectionKnowledge;
  private readonly news = new Emitter<FileNews>();
  private readonly player: Player;
  private readonly watching: Subscription | undefined;
  private readonly answering = new Set<Subscription>();
  private thread: Thread | undefined;
  private bytes = 0;
  private corrections: Corrections = {};
  /** Layers that were asked for even though they are costly. */
  private readonly wanted = new Set<string>();
  /** Only the newest start counts: several may wait for the file system. */
  private starts = 0;

  /** @param file absolute path; anything else names a file that lies on no disk */
  constructor(
    readonly file: string,
    private readonly parts: InspectionParts,
  ) {
    this.knowledge = new InspectionKnowledge(file);
    this.player = new Player(file, parts.threads);
    if (!path.isAbsolute(file)) {
      const sentence = t(
        '{0} does not lie on a disk of this machine; save it to a folder and open it there.',
        file,
      );
      this.knowledge.takeUnreadable(sentence);
      return;
    }
    this.watching = parts.watch(file, (now) => this.changed(now));
    void this.start();
  }

  /** Folder of the run that the file belongs to; undefined where it belongs to none. */
  get run(): string | undefined {
    return this.knowledge.run;
  }

  /** Tells everything that is known, then what comes. */
  listen(listener: (news: FileNews) => void): Subscription {
    for (const message of this.knowledge.messages()) listener(message);
    return this.news.event(listener);
  }

  /** Goes on computing, some layers first even though they are costly. */
  compute(layers: readonly string[]): void {
    if (!this.knowledge.isListed) return;
    for (const layer of layers) if (this.knowledge.has(layer)) this.wanted.add(layer);
    void this.start();
  }

  /** Stops computing; what there is stays. */
  cancel(): void {
    if (this.thread === undefined) return;
    this.stop();
    this.tell(this.knowledge.takeState({ kind: 'cancelled' }));
  }

  /** Remembers what a person knows better of a layer; null forgets it. */
  correct(layer: string, correction: Correction | null): void {
    if (!this.knowledge.has(layer)) return;
    const { corrections } = this.parts;
    this.corrections = corrections.correct(this.file, this.bytes, layer, correction);
    void this.start();
  }

  /** Forgets everything that was computed and looks into the file anew. */
  inspectAnew(): void {
    if (!path.isAbsolute(this.file)) return;
    this.knowledge.forget();
    this.wanted.clear();
    // It holds networks of the file as it was.
    this.player.dispose();
    void this.start();
  }

  /** Asks something. To dispose of the result says that the answer is not wanted any more. */
  ask(question: Question, listener: QuestionListener): Subscription {
    switch (question.kind) {
      case 'samples':
      case 'interpolation':
      case 'gradients':
        return this.player.ask(question, {
          answered: (answer) => {
            if (answer.kind === 'gradients') {
              const { kind: _, ...bound } = answer;
              this.tell(this.knowledge.takeGradients(bound));
            }
            listener.answered(answer, true);
          },
          refused: (why) => listener.refused(why),
        });
      case 'powerIteration':
      case 'circularSpectrum':
      case 'drift':
      case 'history':
      case 'kernels':
        return this.askOfWeights(question, listener);
    }
  }

  /** Ends all threads. */
  dispose(): void {
    this.stop();
    this.watching?.dispose();
    this.player.dispose();
    for (const answer of [...this.answering]) answer.dispose();
    this.news.dispose();
  }

  private stop(): void {
    this.starts++;
    this.thread?.terminate();
    this.thread = undefined;
  }

  private async start(): Promise<void> {
    this.stop();
    const { starts, file } = this;
    if (!this.knowledge.isListed) await this.recall();
    if (starts !== this.starts) return;
    this.thread = this.parts.threads.inspect(
      {
        type: 'inspect',
        file,
        corrections: this.corrections,
        first: [...this.wanted],
        known: this.knowledge.known,
      },
      { heard: (message) => this.hear(message), ended: (crash) => this.ended(crash) },
    );
  }

  private async recall(): Promise<void> {
    // The thread says it better where there is no such file.
    this.bytes = await stat(this.file).then(
      ({ size }) => size,
      () => 0,
    );
    this.corrections = this.parts.corrections.of(this.file, this.bytes);
  }

  private hear(message: FromInspector): void {
    const { knowledge } = this;
    switch (message.type) {
      case 'listing': {
        const { isVoid, told } = knowledge.takeListing(message.listing);
        this.tell(told);
        // The thread was given numbers that hold no more.
        if (isVoid) void this.start();
        return;
      }
      case 'numbers':
        return this.tell(knowledge.takeNumbers(message.layer, message.numbers));
      case 'verdict':
        return this.tell(knowledge.takeVerdict(message.verdict));
      case 'state':
        return this.tell(knowledge.takeState(message.state));
      case 'refused':
        return this.fail(message.why);
      case 'answer':
        // Of jobs of another kind.
        return;
    }
  }

  private ended(crash: string | undefined): void {
    if (this.thread === undefined) return;
    this.thread = undefined;
    if (crash === undefined && this.knowledge.isDone) return;
    const why = crash ?? t('its thread has ended by itself');
    this.fail(t('{0} cannot be inspected further: {1}.', path.basename(this.file), why));
  }

  private fail(why: string): void {
    this.stop();
    if (!this.knowledge.isListed) {
      this.tell(this.knowledge.takeUnreadable(why));
      return;
    }
    this.tell(this.knowledge.takeState({ kind: 'cancelled' }));
    this.news.fire({ type: 'problem', message: why });
  }

  private changed(now: 'there' | 'gone'): void {
    const name = path.basename(this.file);
    if (now === 'there') {
      if (this.knowledge.isListed) {
        const message = t('{0} has been written anew, and is inspected again.', name);
        this.news.fire({ type: 'note', message });
      }
      this.inspectAnew();
    } else if (this.knowledge.isListed) {
      const message = t('{0} is gone from the disk; what was computed of it stays.', name);
      this.news.fire({ type: 'note', message });
    }
  }

  private askOfWeights(question: WeightQuestion, listener: QuestionListener): Subscription {
    const { file, corrections } = this;
    const asked = this.parts.turns.take((done) => {
      const over = (): void => {
        this.answering.delete(asked);
        done();
      };
      let isAnswered = false;
      const refuse = (why: string): void => {
        if (isAnswered) return;
        isAnswered = true;
        listener.refused(why);
      };
      const thread = this.parts.threads.inspect(
        { type: 'answer', file, corrections, question },
        {
          heard: (message) => {
            if (message.type === 'answer') {
              isAnswered = message.last;
              listener.answered(message.answer, message.last);
            } else if (message.type === 'refused') refuse(message.why);
          },
          ended: (crash) => {
            over();
            const why = crash ?? t('its thread has ended by itself');
            refuse(t('This cannot be computed of {0}: {1}.', path.basename(file), why));
          },
        },
      );
      return { dispose: () => thread.terminate() };
    });
    this.answering.add(asked);
    return {
      dispose: () => {
        this.answering.delete(asked);
        asked.dispose();
      },
    };
  }

  private tell(messages: readonly FileMessage[]): void {
    for (const message of messages) this.news.fire(message);
  }
}
