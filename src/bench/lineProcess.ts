import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import type { z } from 'zod';

/** Enough for a stack trace; a runaway log must not fill the memory. */
const KEPT_STDERR = 16_384;
/** How long a process may take to end after its input has. */
const FAREWELL_MS = 10_000;

export interface LineProcessOptions {
  readonly program: string;
  readonly args: readonly string[];
  /** Kills the process. */
  readonly signal?: AbortSignal | undefined;
}

/** A process ended before it answered, or answered nonsense; the message is the reason. */
export class ProcessEnded extends Error {
  override readonly name = 'ProcessEnded';

  constructor(
    readonly code: number | null,
    reason: string,
  ) {
    super(reason);
  }
}

/**
 * A process that answers each line with a line, both JSON. Between two answers it waits for input
 * and leaves the machine to others. It has a process group of its own: Ctrl-C is for its starter,
 * which then kills it.
 */
export class LineProcess {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly answers: AsyncIterator<string>;
  private readonly lines: Interface;
  /** Resolves when the process has ended, with its last words. */
  readonly ended: Promise<ProcessEnded>;
  private stderr = '';

  constructor({ program, args, signal }: LineProcessOptions) {
    const child = spawn(program, args, {
      stdio: 'pipe',
      detached: process.platform !== 'win32',
      windowsHide: true,
      ...(signal && { signal, killSignal: 'SIGKILL' as const }),
    });
    this.child = child;
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.stderr = (this.stderr + text).slice(-KEPT_STDERR);
    });
    // It may end before it has read a question; that it ended is told elsewhere.
    child.stdin.on('error', () => undefined);
    this.ended = new Promise((resolve) => {
      child.on('error', ({ message }) =>
        resolve(new ProcessEnded(null, `${program} cannot be run (${message})`)),
      );
      child.on('close', (code, killed) => resolve(this.end(code, killed)));
    });
    this.lines = createInterface(child.stdout);
    this.answers = this.lines[Symbol.asyncIterator]();
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /**
   * The next line that is a JSON object; libraries may print others.
   *
   * @throws ProcessEnded when there is none, or it is not what was asked for
   */
  async next<T>(schema: z.ZodType<T>): Promise<T> {
    for (;;) {
      const line = await this.answers.next();
      if (line.done) throw await this.ended;
      const parsed = parseObject(line.value);
      if (parsed === undefined) continue;
      const understood = schema.safeParse(parsed);
      if (understood.success) return understood.data;
      throw new ProcessEnded(null, `its answer is not understood: ${line.value.slice(0, 200)}`);
    }
  }

  /** {@link next} of a process that has just been started, and is ended where that fails. */
  async first<T>(schema: z.ZodType<T>): Promise<T> {
    try {
      return await this.next(schema);
    } catch (thrown) {
      await this.close();
      throw thrown;
    }
  }

  /** Sends a line and waits for the answer. */
  async ask<T>(question: object, schema: z.ZodType<T>): Promise<T> {
    this.child.stdin.write(`${JSON.stringify(question)}\n`);
    return this.next(schema);
  }

  /** Ends the process: by the end of its input, or else by force. */
  async close(): Promise<void> {
    this.child.stdin.end();
    const timer = setTimeout(() => this.child.kill('SIGKILL'), FAREWELL_MS);
    await this.ended;
    clearTimeout(timer);
    this.lines.close();
  }

  private end(code: number | null, killed: NodeJS.Signals | null): ProcessEnded {
    const words = this.stderr.trimEnd().split('\n').at(-1)?.trim().slice(0, 300);
    const how = killed ?? `exit code ${code}`;
    return new ProcessEnded(code, words ? words : `it ended without a word (${how})`);
  }
}

function parseObject(line: string): object | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line) as object;
  } catch {
    // A line of a library that only begins like an answer.
    return undefined;
  }
}

/** Waits for a process that only prints one JSON line and ends. */
export async function answerOf<T>(options: LineProcessOptions, schema: z.ZodType<T>): Promise<T> {
  const child = new LineProcess(options);
  try {
    return await child.next(schema);
  } finally {
    await child.close();
  }
}
