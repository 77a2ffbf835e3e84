import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { FromInspector, InspectorJob } from '../../inspection/protocol';
import { bundleFolder } from '../../runtime/bundleFolder';
import type { FileListing, LayerNumbers, NetworkVerdict } from '../../shared/inspection';
import { UserError } from '../../shared/userError';
import type { InspectedFile } from './inspectedFile';

/** Which layers a person wants to know of. */
export interface Wanted {
  /** Only these; all where empty. */
  readonly only: readonly string[];
  /** Also those that take long. */
  readonly costly: readonly string[];
  /** Also true norms and bounds of generators, which take as long as all the rest. */
  readonly generators: boolean;
}

/** Told how far the work is. */
export type OnProgress = (done: number, total: number) => void;

/**
 * Inspects a file in a thread of its own, so that progress is drawn and Ctrl-C is heard.
 *
 * @throws UserError with the thread's sentence where the file cannot be read
 */
export async function runInspection(
  job: Omit<Extract<InspectorJob, { type: 'inspect' }>, 'type' | 'first' | 'known'>,
  { only, costly, generators }: Wanted,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<InspectedFile> {
  let listing: FileListing | undefined;
  let generated: ReadonlySet<string> = new Set();
  const numbers = new Map<string, LayerNumbers>();
  const verdicts = new Map<string, NetworkVerdict>();
  const first = [...new Set([...only, ...costly])];
  const task: InspectorJob = { ...job, type: 'inspect', first, known: {} };
  const worker = new Worker(path.join(bundleFolder, 'inspector.cjs'), { workerData: task });
  const stop = (): void => void worker.terminate();
  signal.addEventListener('abort', stop);
  try {
    await new Promise<void>((resolve, reject) => {
      worker.on('message', (message: FromInspector) => {
        switch (message.type) {
          case 'listing':
            ({ listing } = message);
            generated = layersOfGenerators(listing);
            return;
          case 'numbers':
            numbers.set(message.layer, message.numbers);
            return;
          case 'verdict':
            verdicts.set(message.verdict.network, message.verdict);
            return;
          case 'refused':
            reject(new UserError(message.why));
            return;
          case 'state': {
            const { state } = message;
            if (state.kind !== 'working') return;
            // Layers that were asked for come first, norms of generators last.
            const enough =
              only.length > 0
                ? !first.includes(state.layer)
                : !generators && state.doing === 'operators' && generated.has(state.layer);
            if (enough) resolve();
            else onProgress(state.done, only.length > 0 ? 4 * first.length : state.total);
            return;
          }
          case 'answer':
            return;
        }
      });
      worker.on('error', reject);
      worker.on('exit', resolve);
    });
  } finally {
    signal.removeEventListener('abort', stop);
    await worker.terminate();
  }
  if (!listing) throw new UserError(`${job.file} was not read to its end; try again.`);
  return { listing, numbers, verdicts };
}

function layersOfGenerators({ networks }: FileListing): Set<string> {
  return new Set(
    networks.filter(({ role }) => role === 'generator').flatMap(({ layers }) => layers),
  );
}
