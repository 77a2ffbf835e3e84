import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { UserError } from '../../shared/userError';
import { bundleFolder } from '../bundleFolder';
import { readInstallation } from './installation';
import { readRemembered } from './remembered';

/** A native addon of tfjs-node and where it came from. */
export interface FoundAddon {
  readonly addon: string;
  /** Name of the installation, or `package` for what npm's install script placed. */
  readonly name: string;
}

/**
 * The addon that a start of `tensorflow` loads: the installation in use, else the one that the
 * install script of @tensorflow/tfjs-node-gpu placed in its package, else undefined.
 *
 * @throws UserError when an installation is in use but is gone or damaged
 */
export async function findAddon(): Promise<FoundAddon | undefined> {
  const { current } = await readRemembered();
  if (current === null) return packageAddon();
  const installation = await readInstallation(current);
  const addon = path.join(current, installation.addon);
  if (existsSync(addon)) return { addon, name: installation.name };
  throw new UserError(`${addon} is missing: run \`sn-gan runtime install\` again.`);
}

/** Node-API versions that tfjs-node's own addons are built for, newest first. */
const NODE_API_VERSIONS = [8, 7, 6, 5, 4, 3];

/** The addon inside the npm package, if its install script was allowed to run. */
export function packageAddon(from: string = bundleFolder): FoundAddon | undefined {
  const folder = packageFolder(from);
  if (folder === undefined) return undefined;
  const addon = NODE_API_VERSIONS.map((version) =>
    path.join(folder, 'lib', `napi-v${version}`, 'tfjs_binding.node'),
  ).find((file) => existsSync(file));
  return addon === undefined ? undefined : { addon, name: 'package' };
}

/** An installed product carries the package's JavaScript in a bundle and has no such folder. */
function packageFolder(from: string): string | undefined {
  try {
    const manifest = '@tensorflow/tfjs-node-gpu/package.json';
    return path.dirname(createRequire(path.join(from, 'any.cjs')).resolve(manifest));
  } catch {
    return undefined;
  }
}
