import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { folderRefusal } from '../../runs/diskErrors';
import { pidExists } from '../../runs/processIdentity';
import { UserError } from '../../shared/userError';
import { probeRuntime } from '../probe/probe';
import type { UsableRuntime } from '../probe/probeResult';
import { userFolders } from '../userFolders';
import {
  INSTALLATION_FILE,
  readInstallation,
  writeInstallation,
  type PlacedInstallation,
} from './installation';
import { readRemembered, rememberAndUse } from './remembered';

/** How the user follows and steers an installation. */
export interface InstallSteps {
  /** Says what is being done. */
  readonly report: (line: string) => void;
  /** Asks before anything large is downloaded; false ends the installation. */
  readonly confirm: (question: string) => Promise<boolean>;
  readonly signal?: AbortSignal;
}

/** What a source has put into a folder. */
export interface StagedTensorflow {
  /** Last part of the folder's name, unless the user chose one: `tensorflow-2.21.0-<variant>`. */
  readonly variant: 'cpu' | 'gpu' | 'pip' | 'folder' | 'official';
  /** Path of the addon, relative to the folder. */
  readonly addon: string;
  /** Where it came from, for a person. */
  readonly source: string;
}

/** A finished installation, and how it computed when it was checked. */
export interface CheckedInstallation extends PlacedInstallation {
  readonly check: UsableRuntime;
}

/**
 * Installs a TensorFlow: lets a source fill a temporary folder, checks in a child process that
 * its addon loads and computes convolutions right, and only then moves it into place and
 * remembers it. Whatever fails or is interrupted leaves nothing behind.
 *
 * @param to folder to install into; below the user's data folder unless given
 * @param stage fills the folder that it is given
 * @throws UserError when the folder is taken, a step fails, or the addon does not compute
 */
export async function installTensorflow(
  to: string | undefined,
  stage: (folder: string) => Promise<StagedTensorflow>,
  steps: InstallSteps,
): Promise<CheckedInstallation> {
  // What could not be remembered in the end should not be downloaded in the first place.
  await readRemembered();
  const parent = to === undefined ? defaultParent() : path.dirname(path.resolve(to));
  if (to !== undefined) await refuseForeignFolder(to);
  const staging = await makeStaging(parent);
  try {
    const staged = await stage(staging);
    steps.report('Checking it in a child process …');
    const check = await checkAddon(path.join(staging, staged.addon));
    const folder =
      to === undefined
        ? path.join(parent, `tensorflow-${check.version}-${staged.variant}`)
        : path.resolve(to);
    await writeInstallation(staging, {
      format: 1,
      name: path.basename(folder),
      version: check.version,
      device: check.deviceKind === 'gpu' ? 'gpu' : 'cpu',
      addon: staged.addon,
      source: staged.source,
      installed: new Date().toISOString(),
    });
    await refuseForeignFolder(folder);
    await moveIntoPlace(staging, folder);
    await rememberAndUse(folder);
    return { ...(await readInstallation(folder)), check };
  } catch (error) {
    throw diskError(error, parent);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function makeStaging(parent: string): Promise<string> {
  const staging = path.join(parent, `.installing-${process.pid}`);
  try {
    await mkdir(parent, { recursive: true });
    await removeAbandoned(parent);
    await mkdir(staging);
    return staging;
  } catch (error) {
    throw diskError(error, parent);
  }
}

/** A full or forbidden disk is the user's to solve. */
function diskError(error: unknown, folder: string): unknown {
  switch (folderRefusal(error)) {
    case 'full':
      return new UserError(
        `The disk of ${folder} is full, so nothing was installed: make room, or choose another with --to.`,
        { cause: error },
      );
    case 'forbidden':
      return new UserError(`${folder} cannot be written: choose another folder with --to.`, {
        cause: error,
      });
    case undefined:
      return error;
  }
}

/** Where installations go unless the user says otherwise. */
export function defaultParent(): string {
  return path.join(userFolders().data, 'runtimes');
}

async function checkAddon(addon: string): Promise<UsableRuntime> {
  const result = await probeRuntime('tensorflow', { addon, seconds: 0.5 });
  if (result.usable) return result;
  throw new UserError(
    `This TensorFlow does not work on this machine, so it was not installed: ${result.reason}`,
  );
}

/** Only an empty folder or an earlier installation may be replaced. */
async function refuseForeignFolder(folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const free =
    (await stat(folder)).isDirectory() &&
    (existsSync(path.join(folder, INSTALLATION_FILE)) || (await readdir(folder)).length === 0);
  if (!free)
    throw new UserError(`${folder} holds something else: choose an empty or new folder with --to.`);
}

/** An installation that was killed could not tidy up after itself. */
async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const pid = /^\.installing-(\d+)(-replaced)?$/.exec(name)?.[1];
    if (pid !== undefined && !pidExists(Number(pid)))
      await rm(path.join(parent, name), { recursive: true, force: true });
  }
}

async function moveIntoPlace(staging: string, folder: string): Promise<void> {
  const old = `${staging}-replaced`;
  if (existsSync(folder)) await rename(folder, old);
  await rename(staging, folder);
  await rm(old, { recursive: true, force: true });
}
