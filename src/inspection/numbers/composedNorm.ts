import type { NetworkPart } from '../../shared/inspection';

/**
 * A bound of the norm of what layers make together: norms of a sequence multiply, those of the
 * branches of a sum add up. Activations between the layers are taken to be 1-Lipschitz.
 *
 * @param normOf bound of a layer's norm; null where it is not known
 * @returns null where a norm is not known
 */
export function composedNorm(
  part: NetworkPart,
  normOf: (layer: string) => number | null,
): number | null {
  switch (part.kind) {
    case 'layer':
      return normOf(part.name);
    case 'identity':
      return 1;
    case 'averagePool':
      return 1 / Math.sqrt(part.window[0] * part.window[1]);
    case 'sumPool':
      return Math.sqrt(part.inputSize[0] * part.inputSize[1]);
    case 'sequence':
      return combined(part.parts, 1, (sum, norm) => sum * norm, normOf);
    case 'sum':
      return combined(part.branches, 0, (sum, norm) => sum + norm, normOf);
  }
}

function combined(
  parts: readonly NetworkPart[],
  start: number,
  join: (all: number, one: number) => number,
  normOf: (layer: string) => number | null,
): number | null {
  let all = start;
  for (const part of parts) {
    const norm = composedNorm(part, normOf);
    if (norm === null) return null;
    all = join(all, norm);
  }
  return all;
}
