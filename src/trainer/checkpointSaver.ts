import { checkpointFile } from '../runs/checkpoints';
import type { TrainConfig } from '../shared/config';
import { CheckpointSaving } from './checkpointSaving';
import type { CheckpointSnapshot } from './checkpointSnapshot';
import type { RunWriter } from './writer/runWriter';

/**
 * How long the training stands still for a checkpoint at a time, in milliseconds; an array or a
 * pass of G that was begun takes it a little beyond.
 */
const SLICE_MS = 30;

export interface CheckpointSaverParts {
  readonly folder: string;
  readonly retention: TrainConfig['checkpoints'];
  readonly writer: RunWriter;
  /** Resolves when everything is on the disk that must be there before a checkpoint is. */
  readonly earlier: () => Promise<void>;
  /** Told of every checkpoint that is complete. */
  readonly onSaved: (step: number) => void;
}

/**
 * Saves checkpoints while training goes on: the state is held as it is at a step, read in slices
 * between the steps that follow, and written by a thread. One is saved at a time.
 */
export class CheckpointSaver {
  private saving: CheckpointSaving | undefined;
  /** Why a checkpoint that training needs could not be saved. */
  private failure: { readonly thrown: unknown } | undefined;

  /** @param savedAt step of the newest checkpoint, if there is one */
  constructor(
    private readonly parts: CheckpointSaverParts,
    private savedAt: number | undefined,
  ) {}

  /** Whether {@link advance} has anything to do. */
  get busy(): boolean {
    return this.saving !== undefined || this.failure !== undefined;
  }

  /**
   * Begins to save a step, after the one that is being saved. A step that is being saved, or was,
   * is not saved again.
   *
   * @param take gives the snapshot of this very step
   * @param required whether training cannot go on where it fails: {@link advance} then throws
   * @returns `saved`: resolves to the file's path when it is complete
   */
  async begin(
    step: number,
    take: () => CheckpointSnapshot,
    { required }: { readonly required: boolean },
  ): Promise<{ readonly saved: Promise<string> }> {
    const { folder, writer, retention, earlier } = this.parts;
    if (this.saving?.step !== step) await this.finish();
    const file = checkpointFile(folder, step);
    if (!this.saving) {
      if (this.savedAt === step) return { saved: Promise.resolve(file) };
      const snapshot = take();
      const writing = writer.writeCheckpoint(file, snapshot.contents, retention);
      this.saving = new CheckpointSaving(step, file, snapshot, writing, earlier);
    }
    this.saving.required ||= required;
    return this.saving;
  }

  /**
   * Goes on with what is being saved, for a short time.
   *
   * @throws why a checkpoint that training needs could not be saved
   */
  async advance(): Promise<void> {
    await this.saving?.advance(SLICE_MS);
    this.settle();
    this.throwFailure();
  }

  /**
   * Saves what is being saved to the end.
   *
   * @throws as {@link advance}
   */
  async complete(): Promise<void> {
    await this.finish();
    this.throwFailure();
  }

  private async finish(): Promise<void> {
    await this.saving?.complete();
    this.settle();
  }

  private settle(): void {
    if (!this.saving?.outcome) return;
    const { step, required, outcome } = this.saving;
    this.saving = undefined;
    if (!('failure' in outcome)) {
      this.savedAt = step;
      this.parts.onSaved(step);
    } else if (required) this.failure ??= { thrown: outcome.failure };
  }

  private throwFailure(): void {
    if (!this.failure) return;
    const { thrown } = this.failure;
    this.failure = undefined;
    throw thrown;
  }
}
