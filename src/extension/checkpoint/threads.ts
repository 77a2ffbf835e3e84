import path from 'node:path';
import { t } from '@vscode/l10n';
import { Worker } from 'node:worker_threads';
import type {
  FromInspector,
  FromPlayer,
  InspectorJob,
  PlayerTask,
  ToPlayer,
} from '../../inspection/protocol';
import { messageOf } from '../../shared/userError';

/** Far above what they need; a thread that leaks, or is led to, dies instead of the window. */
const MAX_HEAP_MB = { inspector: 1024, player: 2048 };

/** What becomes of a thread. Nothing is called after it was terminated. */
export interface ThreadListener<Message> {
  heard(message: Message): void;
  /** It has ended by itself. @param crash why, where that was no regular end; no sentence */
  ended(crash?: string): void;
}

export interface Thread<Message = never> {
  post(message: Message): void;
  terminate(): void;
}

/** Starts the threads that look into weight files; tests play them. */
export interface InspectionThreads {
  inspect(job: InspectorJob, listener: ThreadListener<FromInspector>): Thread;
  play(task: PlayerTask, listener: ThreadListener<FromPlayer>): Thread<ToPlayer>;
}

/** @param folder of the bundles */
export function inspectionThreads(folder: string): InspectionThreads {
  return {
    inspect: (job, listener) => startThread(path.join(folder, 'inspector.cjs'), job, listener),
    play: (task, listener) => startThread(path.join(folder, 'player.cjs'), task, listener),
  };
}

function startThread<To, From>(
  script: string,
  workerData: InspectorJob | PlayerTask,
  listener: ThreadListener<From>,
): Thread<To> {
  const name = path.basename(script, '.cjs');
  const worker = new Worker(script, {
    name: `SN-GAN ${name}`,
    // Options of this process may be forbidden to threads.
    execArgv: [],
    workerData,
    resourceLimits: {
      maxOldGenerationSizeMb: name === 'player' ? MAX_HEAP_MB.player : MAX_HEAP_MB.inspector,
    },
  });
  let live = true;
  let crash: string | undefined;
  worker.on('message', (message: From) => {
    if (live) listener.heard(message);
  });
  worker.on('error', (thrown) => (crash = crashOf(thrown)));
  worker.on('exit', (code) => {
    if (!live) return;
    live = false;
    listener.ended(crash ?? (code === 0 ? undefined : `exit code ${code}`));
  });
  return {
    post: (message) => worker.postMessage(message),
    terminate: () => {
      live = false;
      void worker.terminate();
    },
  };
}

function crashOf(thrown: unknown): string {
  const isMemory =
    thrown instanceof Error && 'code' in thrown && thrown.code === 'ERR_WORKER_OUT_OF_MEMORY';
  return isMemory ? t('it needs too much memory') : messageOf(thrown);
}
