/** Exit codes of `sn-gan`; part of the interface and listed in the README. */
export const exitCode = {
  ok: 0,
  /** A defect of the program itself; the stack is printed. */
  internal: 1,
  /** The command line, the config or the input cannot be used; the message says what to do. */
  usage: 2,
  /** Training stopped by itself: NaN, full disk, a trainer that died. */
  trainingFailed: 3,
  /** Interrupted twice; nothing was saved after the last checkpoint. */
  interrupted: 130,
} as const;
