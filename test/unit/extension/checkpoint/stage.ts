import type { CheckpointHost } from '../../../../src/extension/checkpoint/checkpointHost';
import { CheckpointSession } from '../../../../src/extension/checkpoint/checkpointSession';
import {
  CorrectionMemory,
  type Memory,
} from '../../../../src/extension/checkpoint/correctionMemory';
import { InspectedFiles } from '../../../../src/extension/checkpoint/inspectedFiles';
import type { ThreadListener } from '../../../../src/extension/checkpoint/threads';
import { Turns } from '../../../../src/extension/checkpoint/turns';
import type {
  FromInspector,
  FromPlayer,
  InspectorJob,
  PlayerTask,
  ToPlayer,
} from '../../../../src/inspection/protocol';
import type { ToCheckpointPage } from '../../../../src/shared/checkpointPage';
import type {
  FileListing,
  LayerGeometry,
  LayerListing,
  NetworkVerdict,
} from '../../../../src/shared/inspection';

/** A thread that a test plays. */
export interface PlayedThread<Task, Said, Heard> extends ThreadListener<Said> {
  readonly task: Task;
  readonly told: Heard[];
  ended(crash?: string): void;
  terminated: boolean;
}
export type PlayedInspector = PlayedThread<InspectorJob, FromInspector, never>;
export type PlayedPlayer = PlayedThread<PlayerTask, FromPlayer, ToPlayer>;

/** Globally kept values as VS Code keeps them: as JSON. */
export class PlayedMemory implements Memory {
  private readonly values = new Map<string, string>();

  get(key: string): unknown {
    const kept = this.values.get(key);
    return kept === undefined ? undefined : JSON.parse(kept);
  }

  update(key: string, value: unknown): Promise<void> {
    this.values.set(key, JSON.stringify(value));
    return Promise.resolve();
  }
}

/** The rest of the extension, the threads and the disk, played by the test. */
export class Stage {
  readonly sent: ToCheckpointPage[] = [];
  readonly did: unknown[][] = [];
  readonly log: string[] = [];
  readonly inspectors: PlayedInspector[] = [];
  readonly players: PlayedPlayer[] = [];
  /** What tells that a file has changed, by its path. */
  readonly watched = new Map<string, (now: 'there' | 'gone') => void>();
  readonly memory = new PlayedMemory();
  chosen: readonly string[] = [];
  fault: Error | undefined;
  readonly files = new InspectedFiles(
    {
      threads: {
        inspect: (job, listener) => play(this.inspectors, job, listener),
        play: (task, listener) => play(this.players, task, listener),
      },
      corrections: new CorrectionMemory(this.memory),
      turns: new Turns(2),
      watch: (file, changed) => {
        this.watched.set(file, changed);
        return { dispose: () => void this.watched.delete(file) };
      },
    },
    0,
  );

  private readonly note =
    (what: string) =>
    (...how: unknown[]): Promise<void> => {
      this.did.push([what, ...how]);
      return this.fault ? Promise.reject(this.fault) : Promise.resolve();
    };

  session(primary: string, others: readonly string[] = []): CheckpointSession {
    const host: CheckpointHost = {
      openRun: this.note('openRun'),
      revealFile: this.note('revealFile'),
      chooseFiles: () => Promise.resolve(this.chosen),
      save: this.note('save'),
      copy: this.note('copy'),
      preferences: () => ({ whiteFigures: false }),
      keepPreferences: (preferences) => void this.did.push(['keep', preferences]),
    };
    return new CheckpointSession(primary, others, {
      host,
      files: this.files,
      post: (message) => this.sent.push(message),
      log: {
        warn: (message) => this.log.push(message),
        error: (message) => this.log.push(message),
      },
      translations: { Sort: 'Sortieren' },
    });
  }

  /** The newest inspection that runs; waits for the file system, which is asked before it starts. */
  async inspector(type: InspectorJob['type'] = 'inspect'): Promise<PlayedInspector> {
    for (let i = 0; i < 100; i++) {
      const running = this.running(type).at(-1);
      if (running) return running;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error('No thread has been started.');
  }

  /** The inspections that run. */
  running(type: InspectorJob['type'] = 'inspect'): PlayedInspector[] {
    return this.inspectors.filter(({ task, terminated }) => task.type === type && !terminated);
  }

  /** What the page was told since the last time, by type. */
  told<T extends ToCheckpointPage['type']>(type: T): Extract<ToCheckpointPage, { type: T }>[] {
    const told = this.sent.filter((message) => message.type === type);
    this.sent.length = 0;
    return told as Extract<ToCheckpointPage, { type: T }>[];
  }
}

function play<Task, Said, Heard>(
  threads: PlayedThread<Task, Said, Heard>[],
  task: Task,
  listener: ThreadListener<Said>,
): { post: (message: Heard) => void; terminate: () => void } {
  const thread: PlayedThread<Task, Said, Heard> = {
    task,
    told: [],
    terminated: false,
    heard: (message) => {
      if (!thread.terminated) listener.heard(message);
    },
    ended: (crash) => {
      if (thread.terminated) return;
      thread.terminated = true;
      listener.ended(crash);
    },
  };
  threads.push(thread);
  return {
    post: (message) => thread.told.push(message),
    terminate: () => (thread.terminated = true),
  };
}

const geometry: LayerGeometry = {
  kind: 'conv',
  stride: [1, 1],
  padding: [1, 1, 1, 1],
  dilation: [1, 1],
  groups: 1,
  outputPadding: [0, 0],
  inputSize: [32, 32],
};

/** A layer of a discriminator that nobody has described. */
export function someLayer(name: string, changes: Partial<LayerGeometry> = {}): LayerListing {
  return {
    name,
    weight: `${name}.weight_orig`,
    u: `${name}.weight_u`,
    shape: [8, 3, 3, 3],
    dtype: 'F32',
    rows: 8,
    columns: 27,
    normalization: 'stored',
    geometry: { ...geometry, ...changes },
    guessed: ['stride'],
    corrected: [],
    costly: false,
  };
}

/** A discriminator of some layers. */
export function someListing(file: string, layers: readonly LayerListing[]): FileListing {
  return {
    file,
    format: 'safetensors',
    bytes: 1000,
    writer: 'PyTorch',
    tensors: [],
    metadata: {},
    layers,
    networks: [
      {
        name: 'd',
        role: 'discriminator',
        layers: layers.map(({ name }) => name),
        structureGuessed: true,
      },
    ],
    flaws: [],
  };
}

/** A verdict on that discriminator. */
export const someVerdict: NetworkVerdict = {
  network: 'd',
  product: 1,
  upper: 4,
  tightUpper: 2,
  warnings: [],
};
