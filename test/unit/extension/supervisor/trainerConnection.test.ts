import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  TrainerConnection,
  type ConnectionParts,
  type Link,
} from '../../../../src/extension/supervisor/trainerConnection';
import type { Hint } from '../../../../src/shared/control';
import { UserError } from '../../../../src/shared/userError';

/** A trainer's end of a connection, as the test plays it. */
class PlayedLink implements Link {
  granted: boolean;
  onControl: (granted: boolean) => void = () => undefined;
  onHint: (hint: Hint) => void = () => undefined;
  close: () => void = () => undefined;
  readonly closed: Promise<void>;
  takeControl = (): void => this.grant(true);

  constructor(granted: boolean) {
    this.granted = granted;
    this.closed = new Promise((resolve) => (this.close = resolve));
  }

  command(command: string): Promise<string> {
    return Promise.resolve(`did ${command}`);
  }

  grant(granted: boolean): void {
    this.granted = granted;
    this.onControl(granted);
  }
}

const connections: TrainerConnection[] = [];
afterEach(() => {
  for (const connection of connections.splice(0)) connection.dispose();
});

function open(
  connect: ConnectionParts['connect'],
  parts: Partial<ConnectionParts> = {},
): { readonly connection: TrainerConnection; readonly told: string[] } {
  const told: string[] = [];
  const connection: TrainerConnection = new TrainerConnection({
    connect,
    onControl: () => told.push(connection.control),
    onHint: () => told.push('hint'),
    onLost: () => told.push('lost'),
    log: () => undefined,
    firstWaitMs: 5,
    ...parts,
  });
  connections.push(connection);
  return { connection, told };
}

describe('TrainerConnection', () => {
  it('says who commands, and when that changes', async () => {
    const link = new PlayedLink(false);
    const { connection, told } = open(() => Promise.resolve(link));
    expect(connection.control).toBe('nobody');
    await vi.waitFor(() => expect(told).toEqual(['elsewhere']));
    link.grant(true);
    link.grant(false);
    expect(told).toEqual(['elsewhere', 'here', 'elsewhere']);
  });

  it('tries until somebody answers, and again when the connection is lost', async () => {
    const links: PlayedLink[] = [];
    let attempts = 0;
    const { connection, told } = open(() => {
      attempts++;
      if (attempts === 1) return Promise.resolve(undefined);
      if (attempts === 2) return Promise.reject(new UserError('Nobody answers.'));
      links.push(new PlayedLink(true));
      return Promise.resolve(links.at(-1));
    });
    await vi.waitFor(() => expect(connection.control).toBe('here'));
    links[0].close();
    await vi.waitFor(() => expect(told).toEqual(['here', 'nobody', 'lost', 'here']));
    expect(await connection.command('sample')).toBe('did sample');
  });

  it('does not wait where something is new', async () => {
    let attempts = 0;
    const connect = (): Promise<Link | undefined> => {
      attempts++;
      return Promise.resolve(undefined);
    };
    const { connection } = open(connect, { firstWaitMs: 1_000_000 });
    await vi.waitFor(() => expect(attempts).toBe(1));
    await new Promise((resolve) => setTimeout(resolve, 20));
    connection.nudge();
    await vi.waitFor(() => expect(attempts).toBe(2));
  });

  it('takes control, and says where the trainer does not give it', async () => {
    const link = new PlayedLink(false);
    const { connection } = open(() => Promise.resolve(link));
    await vi.waitFor(() => expect(connection.control).toBe('elsewhere'));
    await connection.takeControl();
    expect(connection.control).toBe('here');
    link.granted = false;
    link.takeControl = () => link.close();
    await expect(connection.takeControl()).rejects.toThrow('did not hand over control');
  });

  it('refuses commands while nobody answers', async () => {
    const { connection } = open(() => Promise.resolve(undefined));
    await expect(connection.command('pause')).rejects.toThrow('cannot be reached at the moment');
    await expect(connection.takeControl()).rejects.toThrow('cannot be reached at the moment');
  });

  it('ends for good, also while it connects', async () => {
    let answer: (link: Link) => void = () => undefined;
    const { connection, told } = open(() => new Promise((resolve) => (answer = resolve)));
    connection.dispose();
    const link = new PlayedLink(true);
    answer(link);
    await link.closed;
    expect(told).toEqual([]);
  });
});
