import type { Retention } from '../../runs/checkpoints';
import type { RunIdentity } from '../../shared/runFolder';
import { UserError } from '../../shared/userError';
import type { CheckpointContents } from './writeCheckpoint';

/** What the thread is to write into which run. */
export type WritingTask =
  | { readonly type: 'identity'; readonly folder: string; readonly identity: RunIdentity }
  | {
      /** Its values follow as {@link CheckpointValues}. */
      readonly type: 'checkpoint';
      readonly folder: string;
      readonly file: string;
      readonly contents: CheckpointContents;
      /** Which older ones stay when it is there. */
      readonly retention: Retention;
    };

/** What follows a task of type `checkpoint`. */
export type CheckpointValues =
  /** Of the next array. */
  | { readonly type: 'array'; readonly values: Float32Array }
  /** All have come, and the file may appear. */
  | { readonly type: 'end' }
  /** The rest will not come. */
  | { readonly type: 'abandon' };

/** To the thread; `id` is the task's. */
export type ToWriter = { readonly id: number } & (WritingTask | CheckpointValues);

/** From the thread: the task of this id is done, or why it could not be. */
export interface FromWriter {
  readonly id: number;
  readonly refused?: Refusal;
}

/** An error on its way between threads, which keeps no classes. */
export interface Refusal {
  readonly message: string;
  /** Of a defect; what a user can act on needs none. */
  readonly stack?: string | undefined;
}

/** Anything that was thrown, for the other thread. */
export function refusalOf(thrown: unknown): Refusal {
  if (thrown instanceof UserError) return { message: thrown.message };
  if (thrown instanceof Error) return { message: thrown.message, stack: thrown.stack };
  return { message: String(thrown), stack: '' };
}

/** What was thrown in the other thread: a UserError, or a defect with its stack there. */
export function errorOf({ message, stack }: Refusal): Error {
  if (stack === undefined) return new UserError(message);
  return Object.assign(new Error(message), { stack });
}
