import { readFile, rm, stat, writeFile } from 'node:fs/promises';

/** What has arrived of a download. */
export interface Part {
  readonly path: string;
  readonly bytes: number;
  /** The server's mark of the version that the bytes belong to; without one nothing is resumed. */
  readonly validator: string | undefined;
}

/** The part that lies beside a download's target, perhaps empty. */
export async function readPart(target: string): Promise<Part> {
  const path = `${target}.part`;
  const size = await stat(path).then((found) => found.size, ifMissing(0));
  const validator = await readFile(validatorPath(path), 'utf8').catch(ifMissing(undefined));
  return { path, bytes: size, validator };
}

/** Keeps the ETag of the version that is being fetched; a weak one identifies no bytes. */
export async function rememberValidator(part: Part, etag: string | null): Promise<void> {
  if (etag === null || etag.startsWith('W/')) await rm(validatorPath(part.path), { force: true });
  else await writeFile(validatorPath(part.path), etag);
}

export async function forgetPart(part: Part): Promise<void> {
  await rm(part.path, { force: true });
  await rm(validatorPath(part.path), { force: true });
}

function validatorPath(path: string): string {
  return `${path}.etag`;
}

function ifMissing<T>(value: T): (thrown: NodeJS.ErrnoException) => T {
  return (thrown) => {
    if (thrown.code === 'ENOENT') return value;
    throw thrown;
  };
}
