import type { WhenGone } from '../shared/control';

/**
 * A window that is reloaded, or whose extension host is restarted, is back after a few seconds: two
 * on a fast machine, ten on a remote one under load. Somebody who closed it for good does not mind
 * that training goes on a little longer.
 */
export const GRACE_MS = 15_000;

export interface GrantEvents<Client> {
  /** A controller may command from now on, or may no longer; also told once when it comes. */
  readonly onChange: (client: Client, granted: boolean) => void;
  /** Whoever held the command has gone and nobody took it up: what it asked for then. */
  readonly onAbandoned: (then: Exclude<WhenGone, 'keepTraining'>) => void;
}

/**
 * Which of several controllers may command: the first that came, until it goes or another takes
 * the command away. When it goes, the one that has been there longest follows.
 */
export class ControlGrant<Client> {
  /** In the order in which they came, with what each wants when it goes. */
  private readonly controllers = new Map<Client, WhenGone>();
  private holder: Client | undefined;
  private abandoned: NodeJS.Timeout | undefined;

  constructor(
    private readonly events: GrantEvents<Client>,
    private readonly graceMs: number,
  ) {}

  /** A controller has come. */
  join(client: Client, whenGone: WhenGone): void {
    this.controllers.set(client, whenGone);
    if (this.holder === undefined) this.give(client);
    else this.events.onChange(client, false);
  }

  /** A controller takes the command, whoever has it. */
  take(client: Client): void {
    const former = this.holder;
    if (former !== undefined && former !== client) this.events.onChange(former, false);
    this.give(client);
  }

  /** The connection of a controller has gone. */
  leave(client: Client): void {
    const whenGone = this.controllers.get(client);
    this.controllers.delete(client);
    if (client !== this.holder) return;
    this.holder = undefined;
    const [next] = this.controllers.keys();
    if (next !== undefined) {
      this.give(next);
    } else if (whenGone === 'pause' || whenGone === 'stop') {
      this.abandoned = setTimeout(() => this.events.onAbandoned(whenGone), this.graceMs);
    }
  }

  isHeldBy(client: Client): boolean {
    return client === this.holder;
  }

  /** Forgets everybody; nothing is told any more. */
  close(): void {
    clearTimeout(this.abandoned);
    this.controllers.clear();
    this.holder = undefined;
  }

  private give(client: Client): void {
    clearTimeout(this.abandoned);
    this.holder = client;
    this.events.onChange(client, true);
  }
}
