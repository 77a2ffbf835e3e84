import { UserError } from '../shared/userError';

/** Exit codes of the trainer process, for whoever started it. The reason is in run.json. */
export const trainerExit = {
  /** Finished or stopped, with a checkpoint where training had begun. */
  ok: 0,
  /** A defect of the program; the log has the stack. */
  defect: 1,
  /** Training could not begin with this config, these images or this runtime. */
  unusable: 2,
  /** Training had begun and ended by itself: NaN, a full disk. */
  failed: 3,
} as const;

/** Training had begun when this happened; the message is the one of its cause. */
export class TrainingFailed extends UserError {}
