import { UserError } from '../shared/userError';

/** What was being done to the file when the system refused; the words of the sentence. */
export type DiskAction = 'read' | 'write' | 'create' | 'remove';

const causes: Readonly<Record<string, { what: string; todo: string }>> = {
  ENOSPC: {
    what: 'the disk is full',
    todo: 'Free some space (old checkpoints are the largest files) and resume the run',
  },
  EDQUOT: {
    what: 'your disk quota is used up',
    todo: 'Free some space or ask for a larger quota, then resume the run',
  },
  EFBIG: {
    what: 'the file would be larger than this file system or account allows',
    todo: 'Use a folder on another file system or raise the limit (ulimit -f)',
  },
  EACCES: {
    what: 'permission was denied',
    todo: 'Change the permissions of the file or its folder, or use another folder',
  },
  EPERM: {
    what: 'the system does not permit it',
    todo: 'Close programs that have the file open, or use another folder',
  },
  EBUSY: {
    what: 'another program is using it',
    todo: 'Close that program and try again',
  },
  EROFS: {
    what: 'the file system is read-only',
    todo: 'Use a folder on a disk that can be written',
  },
  EIO: {
    what: 'the disk reported an input/output error',
    todo: 'Check the disk and its connection, then resume the run',
  },
  ENOENT: {
    what: 'it does not exist',
    todo: 'Check the path, and whether the file or its folder was moved or deleted',
  },
  ENOTDIR: {
    what: 'a part of the path is a file, not a folder',
    todo: 'Check the path',
  },
  EISDIR: {
    what: 'it is a folder, not a file',
    todo: 'Give the path of a file',
  },
  ENAMETOOLONG: {
    what: 'the name is too long for the file system',
    todo: 'Use a shorter name or folder',
  },
  EMFILE: {
    what: 'too many files are open',
    todo: 'Close other programs or raise the limit (ulimit -n)',
  },
  ENFILE: {
    what: 'too many files are open on this machine',
    todo: 'Close other programs and try again',
  },
  ESTALE: {
    what: 'the network folder is no longer connected',
    todo: 'Connect the folder again and resume the run',
  },
};

/** The system's code (`ENOSPC` …) of something that was thrown, or undefined. */
export function systemCode(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}

/**
 * Whether the disk of a folder is full, or the folder may not be written: for callers whose advice
 * is another folder. Undefined for everything else.
 */
export function folderRefusal(thrown: unknown): 'full' | 'forbidden' | undefined {
  const code = systemCode(thrown) ?? '';
  if (['ENOSPC', 'EDQUOT'].includes(code)) return 'full';
  if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(code)) return 'forbidden';
  return undefined;
}

/** Whether this, or what caused it, says that a file does not exist. */
export function isMissing(thrown: unknown): boolean {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  return [thrown, cause].some((error) => systemCode(error) === 'ENOENT');
}

/**
 * Turns a refusal of the file system into a {@link UserError} that names the path and says what to
 * do. Anything that is not such a refusal comes back as it was: it is for others to explain.
 */
export function diskError(thrown: unknown, action: DiskAction, path: string): unknown {
  if (thrown instanceof UserError) return thrown;
  const cause = causes[systemCode(thrown) ?? ''];
  if (cause === undefined) return thrown;
  return new UserError(`Cannot ${action} ${path}: ${cause.what}. ${cause.todo}.`, {
    cause: thrown,
  });
}

/**
 * The result of `work`.
 *
 * @throws UserError where the file system refuses, see {@link diskError}
 */
export async function explainingDiskErrors<T>(
  action: DiskAction,
  path: string,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw diskError(thrown, action, path);
  }
}
