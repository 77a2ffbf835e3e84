import { messageOf, UserError } from '../shared/userError';
import type { PageError } from '../shared/pageMessages';

/** Defects of a page that are written down; one that draws again and again says them without end. */
const MAX_PAGE_ERRORS = 20;

/** What goes wrong on one page or in what it asks for: the person is told, and defects are logged. */
export class PageFaults {
  private pageErrors = 0;

  /**
   * @param name of the page, for the log
   * @param tell shows the person one sentence
   */
  constructor(
    private readonly name: string,
    private readonly log: { error(message: string): void },
    private readonly tell: (sentence: string) => void,
  ) {}

  /** Does what the page asked for; never fails. */
  async guard(work: () => PromiseLike<void> | void): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      this.tell(messageOf(thrown));
      if (thrown instanceof UserError) return;
      const stack = thrown instanceof Error ? thrown.stack : undefined;
      this.log.error(`${this.name}: ${stack ?? String(thrown)}`);
    }
  }

  /** Writes down a defect of the page, unless it has had too many. */
  note({ message, stack }: PageError): void {
    if (this.pageErrors++ < MAX_PAGE_ERRORS) this.log.error(`${this.name}: ${message}\n${stack}`);
  }
}
