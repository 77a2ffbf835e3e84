import { rm } from 'node:fs/promises';
import path from 'node:path';
import { runtimeNames } from '../../shared/config';
import { messageOf, UserError } from '../../shared/userError';
import { packageAddon } from './findAddon';
import { readInstallation } from './installation';
import { forget, readRemembered, rememberAndUse, usePackage } from './remembered';

/** One line of `sn-gan runtime list`. */
export interface ListedInstallation {
  readonly name: string;
  readonly folder: string;
  readonly version: string | null;
  readonly device: 'cpu' | 'gpu' | null;
  readonly source: string | null;
  readonly inUse: boolean;
  /** What is wrong with it; null when nothing is. */
  readonly problem: string | null;
}

/** Everything that was installed, and what npm's own install script brought. */
export async function listInstallations(): Promise<ListedInstallation[]> {
  const { current, folders } = await readRemembered();
  const listed = await Promise.all(folders.map((folder) => describe(folder, current === folder)));
  const own = packageAddon();
  if (own === undefined) return listed;
  const brought = {
    name: own.name,
    folder: path.dirname(own.addon),
    version: null,
    device: null,
    source: '@tensorflow/tfjs-node-gpu',
    inUse: current === null,
    problem: null,
  };
  return [...listed, brought];
}

async function describe(folder: string, inUse: boolean): Promise<ListedInstallation> {
  try {
    const { name, version, device, source } = await readInstallation(folder);
    return { name, folder, version, device, source, inUse, problem: null };
  } catch (error) {
    const problem = messageOf(error);
    const name = path.basename(folder);
    return { name, folder, version: null, device: null, source: null, inUse, problem };
  }
}

/**
 * Uses an installation from now on.
 *
 * @param nameOrFolder its name, its folder (which need not be remembered yet), or `package`
 * @returns what is used now, for a person
 * @throws UserError when there is no such installation
 */
export async function useInstallation(nameOrFolder: string): Promise<string> {
  if (nameOrFolder === 'package') {
    const own = packageAddon();
    if (!own)
      throw new UserError('The npm package brought no addon: its install script did not run.');
    await usePackage();
    return own.addon;
  }
  if ((runtimeNames as readonly string[]).includes(nameOrFolder))
    throw new UserError(
      `${nameOrFolder} is a runtime and not an installed TensorFlow: choose it for a run with "runtime": "${nameOrFolder}" in its config.`,
    );
  const { folders } = await readRemembered();
  const folder = folders.find((known) => path.basename(known) === nameOrFolder) ?? nameOrFolder;
  const installation = await readInstallation(path.resolve(folder));
  await rememberAndUse(installation.folder);
  return `${installation.name} in ${installation.folder}`;
}

/**
 * Deletes an installation and forgets it. One whose folder is gone already is only forgotten.
 *
 * @returns its folder
 * @throws UserError when no such installation is remembered
 */
export async function removeInstallation(nameOrFolder: string): Promise<string> {
  const { folders } = await readRemembered();
  const folder = folders.find(
    (known) => path.basename(known) === nameOrFolder || known === path.resolve(nameOrFolder),
  );
  if (folder === undefined)
    throw new UserError(
      `No installed TensorFlow is called ${nameOrFolder}: there is ${folders.map((known) => path.basename(known)).join(', ') || 'none'}.`,
    );
  const { problem } = await describe(folder, false);
  // Only a folder that is marked as ours is deleted.
  if (problem === null) await rm(folder, { recursive: true, force: true });
  await forget(folder);
  return folder;
}
