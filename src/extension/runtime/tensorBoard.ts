import { spawn, type ChildProcess } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { UserError } from '../../shared/userError';

/** Loading its Python packages from a cold disk takes long. */
const START_MS = 60_000;
const PROGRAM = process.platform === 'win32' ? 'tensorboard.exe' : 'tensorboard';

/** Path of `tensorboard`, looked for on the PATH; undefined where it is not installed. */
export async function findTensorBoard(
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  const folders = (environment.PATH ?? '')
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder));
  for (const folder of folders) {
    const program = path.join(folder, PROGRAM);
    const isThere = await access(program, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (isThere) return program;
  }
  return undefined;
}

/** A TensorBoard that shows one folder, on this machine only. */
export class TensorBoardServer {
  private constructor(
    private readonly child: ChildProcess,
    /** Where it listens. */
    readonly address: string,
  ) {}

  /** Whether it still serves. */
  get isAlive(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /**
   * Starts one on a free port.
   *
   * @param onLine told what it prints
   * @throws UserError where it does not come up; the signal's reason when aborted
   */
  static async start(
    program: string,
    folder: string,
    onLine: (line: string) => void,
    signal: AbortSignal,
  ): Promise<TensorBoardServer> {
    signal.throwIfAborted();
    const child = spawn(program, ['--logdir', folder, '--port', '0', '--host', 'localhost'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
    });
    try {
      return new TensorBoardServer(child, await addressOf(child, onLine, signal));
    } catch (thrown) {
      child.kill();
      throw thrown;
    }
  }

  stop(): void {
    this.child.kill();
  }
}

/** Waits until it says where it listens. */
async function addressOf(
  child: ChildProcess,
  onLine: (line: string) => void,
  signal: AbortSignal,
): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<string>((resolve, reject) => {
      let last = '';
      const fail = (why: string): void =>
        reject(new UserError(`TensorBoard did not start (${why}); see the log.`));
      const heed = (line: string): void => {
        onLine(line);
        if (line.trim() !== '') last = line.trim();
        const address = /TensorBoard \S+ at (http:\/\/\S+)/.exec(line)?.[1];
        if (address !== undefined) resolve(address);
      };
      for (const stream of [child.stdout, child.stderr]) {
        if (stream) createInterface({ input: stream }).on('line', heed);
      }
      timer = setTimeout(() => fail(`no answer in ${START_MS / 1000} s`), START_MS);
      child.once('error', (error) => fail(error.message));
      child.once('close', (code, killer) => fail(last || String(killer ?? code)));
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    });
  } finally {
    clearTimeout(timer);
  }
}
