import path from 'node:path';
import { defaults } from '../../gan/presets';

/** The set that needs nothing: what is trained on where nothing else is said. */
export const builtInSource = defaults.data.source;

/** The longest name that a config may have. */
const MAX_NAME = 120;

/**
 * The name of a run that is trained on a source: that of the folder, or of the file without the
 * endings that say how it is packed.
 */
export function runNameOf(source: string): string {
  const name = path.basename(source).replace(/(\.(tar|gz|tgz|zip|npz|npy|parquet|bin))+$/i, '');
  return (name || 'sn-gan').slice(0, MAX_NAME);
}
