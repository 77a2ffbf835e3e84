import { execFile, spawn, type ChildProcess } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { installedVsCode } from './vscode';

/** Settings of a quiet editor that stands still and stays offline. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.reduceMotion': 'on',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'npm.fetchOnlinePackageInfo': false,
  'editor.cursorBlinking': 'solid',
  'files.simpleDialog.enable': true,
};

export interface ServerOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Ask whether folders are trusted, as VS Code does; tests mostly trust them all. */
  readonly workspaceTrust?: boolean;
}

/**
 * The server of VS Code with a profile of its own that nothing else uses: settings, extensions,
 * home folder and what the trainers remember. It outlives its windows, as it does on a remote
 * machine.
 */
export class VsCodeServer {
  private child: ChildProcess | undefined;
  /** `127.0.0.1:1234` while it runs. */
  authority = '';

  private constructor(
    /** Everything that it writes; tests may put workspaces into it. */
    readonly folder: string,
    private readonly options: ServerOptions,
  ) {}

  /** Makes a profile with an extension in it, and starts the server. */
  static async start(vsix: string, options: ServerOptions = {}): Promise<VsCodeServer> {
    // A short path: sockets lie in it.
    const folder = mkdtempSync(path.join(tmpdir(), 'sg-'));
    const server = new VsCodeServer(folder, options);
    mkdirSync(path.join(folder, 'home'));
    mkdirSync(path.join(folder, 'user/User'), { recursive: true });
    const settings = { ...quietSettings, ...options.settings };
    writeFileSync(path.join(folder, 'user/User/settings.json'), JSON.stringify(settings));
    await server.run('--install-extension', vsix);
    await server.listen();
    return server;
  }

  /** Runs the server's program to its end and returns what it printed. */
  async run(...args: string[]): Promise<string> {
    const { node, all } = this.command(args);
    const { stdout } = await promisify(execFile)(node, all, { env: this.environment() });
    return stdout;
  }

  /**
   * Starts the server on a port that is free. After {@link stop} it is a restart, on the same port:
   * a browser knows by it what belongs to this editor.
   */
  async listen(): Promise<void> {
    const { node, all } = this.command([
      ...['--host', '127.0.0.1', '--port', this.authority.split(':').at(1) ?? '0'],
      '--without-connection-token',
      ...['--telemetry-level', 'off'],
      ...(this.options.workspaceTrust ? [] : ['--disable-workspace-trust']),
      ...(installedVsCode?.arguments ?? []),
    ]);
    const log = path.join(this.folder, `server-${Date.now()}.log`);
    const output = openSync(log, 'a');
    // A process group of its own holds the extension hosts and watchers as well.
    const child = spawn(node, all, {
      detached: true,
      stdio: ['ignore', output, output],
      env: this.environment(),
    });
    closeSync(output);
    this.child = child;
    for (let i = 0; i < 600; i++) {
      const port = /Extension host agent listening on (\d+)/.exec(readFileSync(log, 'utf8'))?.[1];
      if (port !== undefined) {
        this.authority = `127.0.0.1:${port}`;
        return;
      }
      if (child.exitCode !== null) break;
      await sleep(50);
    }
    throw new Error(`VS Code did not start: ${readFileSync(log, 'utf8').slice(-2000)}`);
  }

  /** Ends the server and the extension hosts, as a shutdown does; trainers are not theirs. */
  async stop(): Promise<void> {
    const { child } = this;
    if (child?.pid === undefined) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.signalCode === null) {
      signal(-child.pid, 'SIGTERM');
      await Promise.race([gone, sleep(5_000)]);
    }
    signal(-child.pid, 'SIGKILL');
    this.child = undefined;
  }

  /** What the extension has written into its log as errors: its own defects and those of pages. */
  errorsInLog(): string[] {
    const logs = path.join(this.folder, 'user/logs');
    const names = readdirSync(logs, { recursive: true, encoding: 'utf8' });
    return names
      .filter((name) => name.endsWith('/SN-GAN.log'))
      .flatMap((name) => readFileSync(path.join(logs, name), 'utf8').split('\n'))
      .filter((line) => line.includes('[error]'));
  }

  /** Ends the server and the trainers, and removes everything that they wrote. */
  async dispose(): Promise<void> {
    await this.stop();
    for (const pid of processesOf(this.folder)) signal(pid, 'SIGKILL');
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 10 });
  }

  private command(args: readonly string[]): { node: string; all: string[] } {
    if (installedVsCode === undefined) throw new Error('There is no VS Code on this machine.');
    const at = (name: string): string => path.join(this.folder, name);
    const all = [
      path.join(installedVsCode.server, 'out/server-main.js'),
      '--accept-server-license-terms',
      ...['--user-data-dir', at('user'), '--server-data-dir', at('data')],
      ...['--extensions-dir', at('extensions')],
      ...args,
    ];
    return { node: installedVsCode.node, all };
  }

  private environment(): NodeJS.ProcessEnv {
    const home = path.join(this.folder, 'home');
    return {
      ...process.env,
      HOME: home,
      // No TensorFlow that this machine may have: the tests compute the same everywhere.
      SN_GAN_HOME: path.join(home, 'sn-gan'),
      // Where sockets go.
      XDG_RUNTIME_DIR: this.folder,
      EXTENSIONS_GALLERY: '{}',
      // Vitest's own would reach the trainers.
      NODE_OPTIONS: '',
      NODE_ENV: '',
      VITEST: '',
    };
  }
}

/** Processes that have a path below a folder among their arguments. */
function processesOf(folder: string): number[] {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return processes.map(Number).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`\0${folder}/`);
    } catch {
      // It ended while this looked.
      return false;
    }
  });
}

/** @param pid of a process that may have ended; negative for its whole group */
function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
