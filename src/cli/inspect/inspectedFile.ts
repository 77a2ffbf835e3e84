import type { FileListing, LayerNumbers, NetworkVerdict } from '../../shared/inspection';

/** All that an inspection has told of a file. */
export interface InspectedFile {
  readonly listing: FileListing;
  /** By the layer's name; not of layers that nothing was computed of. */
  readonly numbers: ReadonlyMap<string, LayerNumbers>;
  /** By the network's name. */
  readonly verdicts: ReadonlyMap<string, NetworkVerdict>;
}
