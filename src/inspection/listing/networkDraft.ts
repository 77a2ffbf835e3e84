import type { LayerGeometry, NetworkPart, NetworkRole } from '../../shared/inspection';
import type { FoundLayer } from './foundLayer';

/** A network whose layers and their geometry are settled, however they were. */
export interface NetworkDraft {
  readonly name: string;
  readonly role: NetworkRole;
  /** In the order of the network. */
  readonly layers: readonly FoundLayer[];
  readonly geometries: ReadonlyMap<string, LayerGeometry>;
  readonly structure?: NetworkPart;
  /** Whether the file itself describes the layers. */
  readonly described: boolean;
}
