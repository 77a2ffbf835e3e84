import { t } from '@vscode/l10n';
import {
  MAX_FILES,
  type FromCheckpointPage,
  type ToCheckpointPage,
} from '../../shared/checkpointPage';
import type { Subscription } from '../emitter';
import { PageFaults } from '../pageFaults';
import type { CheckpointHost } from './checkpointHost';
import type { InspectedFile } from './inspectedFile';
import type { InspectedFiles, OpenFile } from './inspectedFiles';
import { parseMessage } from './messages';

export interface SessionParts {
  readonly host: CheckpointHost;
  readonly files: Pick<InspectedFiles, 'open'>;
  /** Says something to the page. */
  readonly post: (message: ToCheckpointPage) => void;
  readonly log: { warn(message: string): void; error(message: string): void };
  /** For the page; absent where the display language is English. */
  readonly translations: Readonly<Record<string, string>> | undefined;
}

/** Questions that a page may have open; ours asks a few. */
const MAX_QUESTIONS = 64;

type About<T extends FromCheckpointPage['type']> = Extract<FromCheckpointPage, { type: T }>;

/**
 * What one page with weight files shows, and what it may ask for. The page is a mirror: it says
 * `ready` whenever it has been loaded and gets everything. While it is hidden it does not exist;
 * what is being computed of its files goes on, but nobody waits for answers.
 */
export class CheckpointSession {
  private readonly open = new Map<string, OpenFile>();
  private readonly asked = new Map<number, Subscription>();
  private ready = false;
  /** Whether a page was ready before: then it need not say what it showed. */
  private wasReady = false;
  private readonly faults: PageFaults;

  /**
   * @param primary path of the file that is shown
   * @param others files to show beside it
   */
  constructor(
    primary: string,
    others: readonly string[],
    private readonly parts: SessionParts,
  ) {
    this.faults = new PageFaults('Checkpoint page', parts.log, (why) => this.problem(why));
    for (const file of [primary, ...others].slice(0, MAX_FILES)) this.openFile(file);
  }

  /** The files that are shown, the primary one first. */
  get shown(): readonly string[] {
    return [...this.open.keys()];
  }

  /** Shows more files beside those that are shown. */
  add(files: readonly string[]): void {
    const added = [...new Set(files)].filter((file) => !this.open.has(file));
    const room = MAX_FILES - this.open.size;
    if (added.length > room) {
      this.problem(t('A page shows at most {0} files; the others were left out.', MAX_FILES));
    }
    const fitting = added.slice(0, room);
    if (fitting.length === 0) return;
    this.post({ type: 'files', files: [...this.shown, ...fitting] });
    for (const file of fitting) this.openFile(file);
  }

  /** The page is hidden, which means that it is no more. */
  hide(): void {
    this.ready = false;
    this.dropQuestions();
  }

  /** Takes what the page says. */
  async hear(said: unknown): Promise<void> {
    const message = parseMessage(said);
    if (typeof message === 'string') this.parts.log.warn(message);
    else await this.faults.guard(() => this.answer(message));
  }

  dispose(): void {
    this.hide();
    for (const file of this.open.values()) file.dispose();
    this.open.clear();
  }

  private answer(message: FromCheckpointPage): Promise<void> | PromiseLike<void> | void {
    const { host } = this.parts;
    switch (message.type) {
      case 'ready':
        return this.begin(message);
      case 'cancel':
        return this.file(message)?.cancel();
      case 'compute':
        return this.file(message)?.compute(message.layers);
      case 'correct':
        return this.file(message)?.correct(message.layer, message.correction);
      case 'ask':
        return this.ask(message);
      case 'drop':
        return this.drop(message.ask);
      case 'addFiles':
        return this.chooseFiles();
      case 'removeFile':
        return this.remove(message.file);
      case 'save':
        return host.save(message.name, message.contents);
      case 'copy':
        return host.copy(message.text);
      case 'open':
        return this.openPlace(message);
      case 'preferences':
        return host.keepPreferences(message.preferences);
      case 'pageError':
        return this.faults.note(message);
    }
  }

  /** The file that a message is about; undefined where it is not shown. */
  private file({ file }: { readonly file: string }): InspectedFile | undefined {
    return this.open.get(file)?.inspected;
  }

  private begin({ others }: About<'ready'>): void {
    const { host, translations } = this.parts;
    this.dropQuestions();
    // After a reload of the window, only the page knows what else it showed.
    const back = this.wasReady ? [] : others.filter((file) => !this.open.has(file));
    const files = [...this.shown, ...back].slice(0, MAX_FILES);
    this.wasReady = true;
    this.ready = true;
    this.post({
      type: 'init',
      files,
      preferences: host.preferences(),
      ...(translations && { translations }),
    });
    for (const file of files) this.openFile(file);
  }

  /** Opens a file, or once more: then the page is told everything again. */
  private openFile(file: string): void {
    const before = this.open.get(file);
    this.open.set(
      file,
      this.parts.files.open(file, (news) => this.post(news)),
    );
    before?.dispose();
  }

  private remove(file: string): void {
    const [primary] = this.shown;
    const open = this.open.get(file);
    if (file === primary || open === undefined) return;
    this.open.delete(file);
    open.dispose();
    this.post({ type: 'files', files: this.shown });
  }

  private ask({ ask, file, question }: About<'ask'>): void {
    const inspected = this.file({ file });
    if (inspected === undefined) return;
    this.drop(ask);
    if (this.asked.size >= MAX_QUESTIONS) {
      this.post({ type: 'refused', ask, why: t('Too much is being computed; wait a moment.') });
      return;
    }
    let isOver = false;
    const over = (): void => {
      isOver = true;
      this.asked.delete(ask);
    };
    const asked = inspected.ask(question, {
      answered: (answer, last) => {
        if (last) over();
        this.post({ type: 'answer', ask, answer, last });
      },
      refused: (why) => {
        over();
        this.post({ type: 'refused', ask, why });
      },
    });
    if (!isOver) this.asked.set(ask, asked);
  }

  private drop(ask: number): void {
    this.asked.get(ask)?.dispose();
    this.asked.delete(ask);
  }

  private dropQuestions(): void {
    for (const ask of [...this.asked.keys()]) this.drop(ask);
  }

  private async chooseFiles(): Promise<void> {
    this.add(await this.parts.host.chooseFiles(this.shown));
  }

  private async openPlace({ file, place }: About<'open'>): Promise<void> {
    const inspected = this.file({ file });
    if (inspected === undefined) return;
    switch (place) {
      case 'again':
        return inspected.inspectAnew();
      case 'folder':
        return this.parts.host.revealFile(file);
      case 'run':
        if (inspected.run !== undefined) await this.parts.host.openRun(inspected.run);
    }
  }

  private problem(message: string): void {
    this.post({ type: 'problem', message });
  }

  /** A page that is not there yet gets everything when it is. */
  private post(message: ToCheckpointPage): void {
    if (this.ready) this.parts.post(message);
  }
}
