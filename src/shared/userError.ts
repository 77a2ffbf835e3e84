/**
 * An error the user can act on. The message is one sentence or two: what is wrong, where (file,
 * line, key), and what to do. Anything else that is thrown is a defect of ours and shown with its
 * stack.
 */
export class UserError extends Error {
  override readonly name = 'UserError';

  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
