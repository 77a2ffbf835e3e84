import { existsSync } from 'node:fs';
import path from 'node:path';

/**
 * Path of a file that the build copies beside the bundles. Unit tests run from the sources, where
 * `__dirname` is this folder; there the project's dist folder has it.
 *
 * @throws Error when the project has not been built
 */
export function assetPath(name: string): string {
  const beside = path.join(__dirname, name);
  if (existsSync(beside)) return beside;
  const built = path.resolve(__dirname, '../../dist', name);
  if (existsSync(built)) return built;
  throw new Error(`"${name}" is missing beside ${__dirname}: build the project first`);
}
