import { timingSafeEqual } from 'node:crypto';
import { chmod, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Logger } from '../runs/log';
import {
  clientMessageSchema,
  type ClientMessage,
  type ControlCommand,
  type Hint,
  type TrainerMessage,
} from '../shared/control';
import { messageOf } from '../shared/userError';

/** At most ten hints a second. */
const HINT_INTERVAL_MS = 100;
/** A client that does not say hello in this time is turned away. */
const HELLO_TIMEOUT_MS = 5_000;
/** No command is longer; more without a line end is not one of our clients. */
const MAX_LINE_LENGTH = 4_096;

/** Carries out a command and says what was made. */
export type CommandHandler = (command: ControlCommand) => Promise<string>;

export interface ControlServerOptions {
  readonly runId: string;
  readonly token: string;
  readonly onCommand: CommandHandler;
  /** The client that owns this trainer has gone. */
  readonly onOwnerGone: () => void;
  readonly log: Logger;
}

/**
 * The control socket of a trainer: JSON lines, the same user only. Clients that were let in get
 * hints; a hint that a slow client cannot take is dropped, because the run folder has it all.
 */
export class ControlServer {
  private readonly clients = new Set<Socket>();
  private lastHint = 0;

  private constructor(
    private readonly server: Server,
    readonly address: string,
    private readonly options: ControlServerOptions,
  ) {}

  /** Opens the socket. */
  static async listen(options: ControlServerOptions): Promise<ControlServer> {
    const address = socketAddress(options.runId);
    if (process.platform !== 'win32') await rm(address, { force: true });
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(address, resolve);
    });
    if (process.platform !== 'win32') await chmod(address, 0o600);
    const control = new ControlServer(server, address, options);
    server.on('connection', (socket) => control.admit(socket));
    server.on('error', (error) => options.log.warn(`Control socket: ${error.message}`));
    return control;
  }

  /** Tells every client that the run folder has something new. */
  hint(hint: Omit<Hint, 'type'>, urgent = false): void {
    const now = Date.now();
    if (!urgent && now - this.lastHint < HINT_INTERVAL_MS) return;
    this.lastHint = now;
    for (const client of this.clients) {
      if (!client.writableNeedDrain) send(client, { type: 'hint', ...hint });
    }
  }

  /** Closes the socket and every connection, after what was written has gone out. */
  async close(): Promise<void> {
    for (const client of this.clients) client.end();
    this.clients.clear();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }

  private admit(socket: Socket): void {
    const timer = setTimeout(() => socket.destroy(), HELLO_TIMEOUT_MS);
    let role: 'owner' | 'controller' | 'watcher' | undefined;
    socket.on('error', (error) => this.options.log.warn(`Control client: ${error.message}`));
    socket.on('close', () => {
      clearTimeout(timer);
      const known = this.clients.delete(socket);
      if (role === 'owner' && known) this.options.onOwnerGone();
    });
    limitLineLength(socket);
    createInterface({ input: socket }).on('line', (line) => {
      const message = parse(line);
      if (message?.type === 'hello' && role === undefined && this.tokenFits(message.token)) {
        clearTimeout(timer);
        role = message.role;
        this.clients.add(socket);
        send(socket, { type: 'welcome', runId: this.options.runId });
        return;
      }
      if (message?.type === 'command' && role !== undefined && role !== 'watcher') {
        void this.carryOut(socket, message);
        return;
      }
      this.options.log.warn('A control client sent something it may not; it was disconnected.');
      socket.destroy();
    });
  }

  private async carryOut(
    socket: Socket,
    { id, command }: Extract<ClientMessage, { type: 'command' }>,
  ): Promise<void> {
    try {
      const detail = await this.options.onCommand(command);
      send(socket, { type: 'reply', id, ok: true, detail });
    } catch (thrown) {
      send(socket, { type: 'reply', id, ok: false, detail: messageOf(thrown) });
    }
  }

  private tokenFits(token: string): boolean {
    const given = Buffer.from(token);
    const expected = Buffer.from(this.options.token);
    return given.length === expected.length && timingSafeEqual(given, expected);
  }
}

/** In the temporary folder, because the path of a Unix socket has room for about 100 bytes. */
function socketAddress(runId: string): string {
  if (process.platform === 'win32') return `\\\\.\\pipe\\sn-gan-${runId}`;
  return path.join(os.tmpdir(), `sn-gan-${runId}.sock`);
}

function parse(line: string): ClientMessage | undefined {
  try {
    return clientMessageSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function limitLineLength(socket: Socket): void {
  let pending = 0;
  socket.on('data', (chunk: Buffer) => {
    const end = chunk.lastIndexOf(10);
    pending = end < 0 ? pending + chunk.length : chunk.length - end - 1;
    if (pending > MAX_LINE_LENGTH) socket.destroy();
  });
}

function send(socket: Socket, message: TrainerMessage): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}
