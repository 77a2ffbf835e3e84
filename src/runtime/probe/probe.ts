import { fork, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import type { RuntimeName } from '../../shared/config';
import { bundleFolder } from '../bundleFolder';
import { probeResultSchema, type ProbeResult } from './probeResult';

export interface ProbeOptions {
  /** How long to measure, in seconds, apart from loading and warming up. */
  readonly seconds: number;
  /** Addon to try instead of the remembered one; tensorflow only. */
  readonly addon?: string;
  /** Time software adapters too, which can take minutes. */
  readonly software?: boolean;
  /** Node that will train; this process's own unless given. */
  readonly node?: string;
  /** Whole environment of the probe; this process's own unless given. */
  readonly env?: NodeJS.ProcessEnv;
  /** After this many seconds a silent probe counts as hung. */
  readonly timeoutSeconds?: number;
  /** The program that probes; tests put others in its place. */
  readonly program?: string;
}

/** A graphics card may compile its kernels for the first time, which takes long. */
const DEFAULT_TIMEOUT_SECONDS = 120;
/** Enough for a stack trace; a runaway log must not fill the memory. */
const KEPT_STDERR = 16_384;

/**
 * Tries a runtime in a child process: loads it, checks a convolution with its gradients against
 * plain loops, and times a larger one. A crash, a hang or a wrong number is a result with a
 * reason; this never throws for what a runtime does.
 */
export function probeRuntime(name: RuntimeName, options: ProbeOptions): Promise<ProbeResult> {
  const program = options.program ?? path.join(bundleFolder, 'probe.cjs');
  const child = fork(program, probeArguments(name, options), {
    execPath: options.node ?? process.execPath,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    // Warnings of TensorFlow say why a graphics card is not used.
    env: { TF_CPP_MIN_LOG_LEVEL: '1', ...(options.env ?? process.env) },
  });
  return outcome(name, child, options.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS);
}

function probeArguments(name: RuntimeName, options: ProbeOptions): string[] {
  const args = ['--runtime', name, '--seconds', String(options.seconds)];
  if (options.addon !== undefined) args.push('--addon', options.addon);
  if (options.software) args.push('--software');
  return args;
}

function outcome(
  name: RuntimeName,
  child: ChildProcess,
  timeoutSeconds: number,
): Promise<ProbeResult> {
  return new Promise((resolve) => {
    let stderr = '';
    let message: unknown;
    let hung = false;
    const unusable = (reason: string): void => resolve({ usable: false, name, reason });

    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr = (stderr + text).slice(-KEPT_STDERR);
    });
    const timer = setTimeout(() => {
      hung = true;
      child.kill('SIGKILL');
    }, timeoutSeconds * 1000);
    child.on('message', (received) => (message = received));
    child.on('error', (error) => {
      clearTimeout(timer);
      unusable(`its probe could not be started (${error.message})`);
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      const parsed = probeResultSchema.safeParse(message);
      if (hung) unusable(`it did not answer within ${timeoutSeconds} seconds`);
      else if (parsed.success && code === 0) resolve(withRemark(parsed.data, stderr));
      else unusable(`it crashed (${signal ?? `exit code ${code}`})${lastLine(stderr)}`);
    });
  });
}

/**
 * A TensorFlow for CUDA that cannot use it computes on the processor and says why only on
 * standard error: `E0000 …] failed call to cuInit: …`.
 */
function withRemark(result: ProbeResult, stderr: string): ProbeResult {
  if (!result.usable || result.deviceKind === 'gpu') return result;
  const remark = /^[EW]\d{4} [^\]]*\] (.*(?:cuda|cuInit|GPU).*)$/im.exec(stderr)?.[1];
  return remark === undefined ? result : { ...result, remark: remark.trim() };
}

/** The last thing a crashed process said, as far as it fits into a sentence. */
function lastLine(stderr: string): string {
  const line = stderr.trimEnd().split('\n').at(-1)?.trim().slice(0, 300);
  return line ? `; its last words: ${line}` : '';
}
