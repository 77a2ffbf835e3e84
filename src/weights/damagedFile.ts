import { UserError } from '../shared/userError';

/** The error for a file whose contents contradict themselves or end too early. */
export function damagedFile(file: string, why: string, cause?: unknown): UserError {
  return new UserError(`${file} is damaged: ${why}. Copy or download it again.`, { cause });
}
