import type { Architecture } from '../../shared/config';
import type { LayerGeometry, NetworkPart } from '../../shared/inspection';

/**
 * How the layers of a discriminator of ours follow each other, as src/gan/networks builds them.
 *
 * @param names of the layers, in the order of the network, with the network's own
 */
export function ownStructure(
  architecture: Architecture,
  names: readonly string[],
  geometries: ReadonlyMap<string, LayerGeometry>,
): NetworkPart {
  return architecture === 'resnet'
    ? residualNetwork(names, geometries)
    : sequence(names.map(layer));
}

/** Tables 4 and 5: residual blocks, the sum over all pixels, a dense layer. */
function residualNetwork(
  names: readonly string[],
  geometries: ReadonlyMap<string, LayerGeometry>,
): NetworkPart {
  const blocks = new Map<string, string[]>();
  for (const name of names.filter((each) => each.includes('.block'))) {
    const block = name.slice(0, name.lastIndexOf('.'));
    blocks.set(block, [...(blocks.get(block) ?? []), name]);
  }
  const firsts = [...blocks.keys()].map((block) => geometries.get(`${block}.conv1`)?.inputSize);
  const parts: NetworkPart[] = [...blocks].map(([block, members], i) => {
    const [size, next] = [firsts[i], firsts[i + 1]];
    const pool: NetworkPart[] =
      size && next && next[0] < size[0] ? [{ kind: 'averagePool', window: [2, 2] }] : [];
    const [shortcuts, main] = [true, false].map((wanted) =>
      members.filter((name) => (name === `${block}.shortcut`) === wanted).map(layer),
    );
    // The first block pools before its shortcut's convolution, the others after it.
    const bypass = i === 0 ? [...pool, ...shortcuts] : [...shortcuts, ...pool];
    return {
      kind: 'sum',
      branches: [
        sequence([...main, ...pool]),
        bypass.length > 0 ? sequence(bypass) : { kind: 'identity' },
      ],
    };
  });
  const last = firsts[firsts.length - 1];
  if (last) parts.push({ kind: 'sumPool', inputSize: last });
  parts.push(...names.filter((name) => !name.includes('.block')).map(layer));
  return sequence(parts);
}

function sequence(parts: readonly NetworkPart[]): NetworkPart {
  return { kind: 'sequence', parts };
}

function layer(name: string): NetworkPart {
  return { kind: 'layer', name };
}
