import { pictures } from './pictures';

/** Loads that may be under way at once for one place on the page. */
const MAX_LOADING = 3;
const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 16_000;

/**
 * One place on the page that shows one picture, and now wishes for another. Whoever drags the
 * scrubber over a thousand grids sees those that come in time; the others are never asked for.
 */
export class PictureWish {
  /** Address of the newest wish that is decoded. */
  shown: string | undefined;
  /** Whether what is wished for is missing or damaged; it is tried again until it comes. */
  failed = false;

  private wanted: string | undefined;
  private turn = 0;
  private shownTurn = 0;
  private startedTurn = 0;
  private loading = 0;
  private failures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param changed called when `shown` or `failed` has changed by itself */
  constructor(private readonly changed: () => void) {}

  /** Wishes for a picture; undefined: for none. One that is decoded is shown at once. */
  wish(address: string | undefined): void {
    if (address === this.wanted) return;
    this.wanted = address;
    this.turn++;
    this.failed = false;
    this.failures = 0;
    clearTimeout(this.timer);
    if (address === undefined || pictures.peek(address)) {
      this.shown = address;
      this.shownTurn = this.startedTurn = this.turn;
    } else {
      void this.start();
    }
  }

  /** Tries what failed once more, now. */
  retry(): void {
    clearTimeout(this.timer);
    void this.start();
  }

  /** Lets go of the place. */
  end(): void {
    this.wanted = undefined;
    this.turn++;
    clearTimeout(this.timer);
  }

  private async start(): Promise<void> {
    const { wanted: address, turn } = this;
    if (address === undefined || this.loading >= MAX_LOADING) return;
    this.startedTurn = turn;
    this.loading++;
    try {
      await pictures.load(address);
      this.came(address, turn);
    } catch {
      this.failedAt(turn);
    } finally {
      this.loading--;
    }
    if (this.startedTurn < this.turn) void this.start();
  }

  private came(address: string, turn: number): void {
    if (turn <= this.shownTurn || this.wanted === undefined) return;
    this.shown = address;
    this.shownTurn = turn;
    if (turn === this.turn) this.failed = false;
    this.changed();
  }

  private failedAt(turn: number): void {
    if (turn !== this.turn) return;
    const delay = Math.min(FIRST_RETRY_MS * 2 ** this.failures++, LAST_RETRY_MS);
    this.timer = setTimeout(() => void this.start(), delay);
    this.failed = true;
    this.changed();
  }
}
