import path from 'node:path';
import { t } from '@vscode/l10n';
import type { FromPlayer, ToPlayer } from '../../inspection/protocol';
import type { NetworkAnswer, NetworkQuestion } from '../../shared/inspectionQuestions';
import type { Subscription } from '../emitter';
import type { InspectionThreads, Thread } from './threads';

/** What becomes of a question about networks; one of them is called, once. */
export interface NetworkListener {
  answered(answer: NetworkAnswer): void;
  /** One sentence. */
  refused(why: string): void;
}

export interface PlayerTimes {
  /** Networks that nobody asks anything for so long are given up, and their memory with them. */
  readonly idleMs: number;
  /** An answer that nobody wants any more may take so long; then its thread is ended. */
  readonly unwantedMs: number;
}
const usualTimes: PlayerTimes = { idleMs: 60_000, unwantedMs: 2000 };

interface Asked {
  readonly number: number;
  readonly question: NetworkQuestion;
  /** Undefined once nobody wants the answer. */
  listener: NetworkListener | undefined;
}

/**
 * The thread that holds the networks of one checkpoint. It starts at the first question, is asked
 * one at a time, and ends when it is idle.
 */
export class Player {
  private thread: Thread<ToPlayer> | undefined;
  private current: Asked | undefined;
  private readonly waiting: Asked[] = [];
  private nextNumber = 1;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly file: string,
    private readonly threads: Pick<InspectionThreads, 'play'>,
    private readonly times: PlayerTimes = usualTimes,
  ) {}

  /** Asks something. To dispose of the result says that the answer is not wanted any more. */
  ask(question: NetworkQuestion, listener: NetworkListener): Subscription {
    const asked: Asked = { number: this.nextNumber++, question, listener };
    this.waiting.push(asked);
    this.next();
    return { dispose: () => this.drop(asked) };
  }

  /** Ends the thread; what was asked stays without an answer. */
  dispose(): void {
    this.waiting.length = 0;
    this.end();
  }

  private next(): void {
    if (this.current !== undefined) return;
    clearTimeout(this.timer);
    this.current = this.waiting.shift();
    if (this.current === undefined) {
      if (this.thread) this.timer = setTimeout(() => this.end(), this.times.idleMs).unref();
      return;
    }
    const { number, question } = this.current;
    this.thread ??= this.start();
    this.thread.post({ type: 'ask', ask: number, question });
  }

  private start(): Thread<ToPlayer> {
    return this.threads.play(
      { file: this.file },
      {
        heard: (message) => this.hear(message),
        ended: (crash) => this.crashed(crash),
      },
    );
  }

  private hear(message: FromPlayer): void {
    const { current } = this;
    if (current?.number !== message.ask) return;
    this.current = undefined;
    clearTimeout(this.timer);
    if (message.type === 'answer') current.listener?.answered(message.answer);
    else current.listener?.refused(message.why);
    this.next();
  }

  private drop(asked: Asked): void {
    if (asked.listener === undefined) return;
    asked.listener = undefined;
    const place = this.waiting.indexOf(asked);
    if (place >= 0) this.waiting.splice(place, 1);
    if (asked !== this.current) return;
    this.timer = setTimeout(() => {
      this.end();
      this.next();
    }, this.times.unwantedMs).unref();
  }

  private crashed(crash: string | undefined): void {
    const { current } = this;
    this.thread = undefined;
    this.current = undefined;
    clearTimeout(this.timer);
    current?.listener?.refused(
      t(
        'The networks of {0} cannot be run: {1}.',
        path.basename(this.file),
        crash ?? t('their thread has ended by itself'),
      ),
    );
    this.next();
  }

  private end(): void {
    clearTimeout(this.timer);
    this.current = undefined;
    this.thread?.terminate();
    this.thread = undefined;
  }
}
