import type { LayerDescription } from '../../gan/state';
import type {
  Corrections,
  LayerGeometry,
  LayerKind,
  NetworkRole,
  TensorListing,
} from '../../shared/inspection';
import type { FoundLayer } from './foundLayer';
import { flatGeometry } from './guessGeometry';
import type { NetworkDraft } from './networkDraft';
import type { OwnMetadata } from './ownMetadata';
import { ownStructure } from './ownStructure';

/** The averaged generator has the generator's layers under names of its own. */
const AVERAGE = 'g_ema';

/**
 * The networks of a checkpoint of ours: nothing has to be guessed.
 *
 * @returns also sentences about layers whose arrays are missing
 */
export function ownNetworks(
  { layers, config }: OwnMetadata,
  tensors: readonly TensorListing[],
  corrections: Corrections,
): { networks: NetworkDraft[]; flaws: string[] } {
  const byName = new Map(tensors.map((tensor) => [tensor.name, tensor] as const));
  const flaws: string[] = [];
  const described = (network: string): Described[] =>
    layers
      .filter(({ name }) => name.startsWith(`${network}.`))
      .flatMap((description) => {
        const found = arraysOf(description, byName);
        if (found) return [{ description, found }];
        flaws.push(`${description.name} has no weight in the file, which is damaged.`);
        return [];
      });
  const generator = described('g');
  const averaged = generator.flatMap(({ description, found }) => {
    const rename = (name: string): string => `${AVERAGE}${name.slice(1)}`;
    const weight = byName.get(rename(found.weight));
    if (!weight) return [];
    const bias = rename(`${found.name}.bias`);
    const copy: FoundLayer = {
      name: rename(found.name),
      weight: weight.name,
      ...(byName.has(bias) && { bias }),
      order: 'torch',
      shape: weight.shape,
      dtype: weight.dtype,
      normalization: 'none',
    };
    return [{ description, found: copy }];
  });
  const draft = (name: string, role: NetworkRole, members: readonly Described[]): NetworkDraft => {
    const geometries = new Map(
      members.map(({ description, found }) => [
        found.name,
        { ...geometryOf(description), ...corrections[found.name] },
      ]),
    );
    const structure =
      role === 'discriminator' && config
        ? ownStructure(
            config.network.architecture,
            members.map(({ found }) => found.name),
            geometries,
          )
        : undefined;
    return {
      name,
      role,
      layers: members.map(({ found }) => found),
      geometries,
      ...(structure && { structure }),
      described: true,
    };
  };
  const networks = [
    draft('d', 'discriminator', described('d')),
    draft('g', 'generator', generator),
    draft(AVERAGE, 'generator', averaged),
  ].filter((network) => network.layers.length > 0);
  return { networks, flaws };
}

interface Described {
  readonly description: LayerDescription;
  readonly found: FoundLayer;
}

/** The arrays of a described layer; names as in `normalizedNames` of src/gan/state.ts. */
function arraysOf(
  { name, normalized }: LayerDescription,
  tensors: ReadonlyMap<string, TensorListing>,
): FoundLayer | undefined {
  const parametrization = `${name}.parametrizations.weight`;
  const weight = tensors.get(normalized ? `${parametrization}.original` : `${name}.weight`);
  if (!weight || (weight.shape.length !== 2 && weight.shape.length !== 4)) return undefined;
  const [u, v] = [`${parametrization}.0._u`, `${parametrization}.0._v`];
  const stored = normalized && tensors.has(u);
  const bias = `${name}.bias`;
  return {
    name,
    weight: weight.name,
    ...(stored && { u }),
    ...(stored && tensors.has(v) && { v }),
    ...(tensors.has(bias) && { bias }),
    order: 'torch',
    shape: weight.shape,
    dtype: weight.dtype,
    normalization: stored ? 'stored' : normalized ? 'missing' : 'none',
  };
}

function geometryOf({ kind, stride, padding, inputSize }: LayerDescription): LayerGeometry {
  const [step, zeros] = [stride ?? 1, padding ?? 0];
  return {
    ...flatGeometry,
    kind: kind as LayerKind,
    stride: [step, step],
    padding: [zeros, zeros, zeros, zeros],
    ...(inputSize && { inputSize }),
  };
}
