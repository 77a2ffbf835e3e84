import {
  type Correction,
  type Corrections,
  layerKinds,
  type FileListing,
} from '../../shared/inspection';
import { UserError } from '../../shared/userError';

const MAX = 65536;

/**
 * Reads `name.key=value` of `--correct`, for example `conv3.stride=2` or `c1.inputSize=64x64`.
 *
 * @throws UserError for another form, an unknown key or an impossible value
 */
export function parseCorrections(texts: readonly string[]): Corrections {
  const corrections: Record<string, Correction> = {};
  for (const text of texts) {
    const match = /^(.+)\.(\w+)=(.+)$/.exec(text);
    if (!match) {
      throw new UserError(
        `"${text}" is no correction: write LAYER.KEY=VALUE, such as conv3.stride=2.`,
      );
    }
    const [, layer, key, value] = match;
    corrections[layer] = { ...corrections[layer], ...correctionOf(text, key, value) };
  }
  return corrections;
}

function correctionOf(text: string, key: string, value: string): Correction {
  switch (key) {
    case 'kind': {
      const kind = layerKinds.find((each) => each === value);
      if (kind) return { kind };
      throw new UserError(`"${text}": a kind is one of ${layerKinds.join(', ')}.`);
    }
    case 'stride':
    case 'dilation':
      return { [key]: pair(numbers(text, value, 1)) };
    case 'outputPadding':
      return { outputPadding: pair(numbers(text, value, 0)) };
    case 'inputSize':
      return { inputSize: pair(numbers(text, value, 1)) };
    case 'groups':
      return { groups: numbers(text, value, 1)[0] };
    case 'padding': {
      const [first, second = first, ...rest] = numbers(text, value, 0);
      // Two numbers are vertical and horizontal, four are top, bottom, left and right.
      return {
        padding:
          rest.length === 2 ? [first, second, rest[0], rest[1]] : [first, first, second, second],
      };
    }
    default:
      throw new UserError(
        `"${text}": ${key} cannot be corrected; kind, stride, padding, dilation, groups, outputPadding and inputSize can.`,
      );
  }
}

function numbers(text: string, value: string, least: number): number[] {
  const parts = value.split(/[x,]/);
  const read = parts.map((part) => (/^\d{1,5}$/.test(part) ? Number(part) : NaN));
  if ([1, 2, 4].includes(read.length) && read.every((each) => each >= least && each <= MAX)) {
    return read;
  }
  throw new UserError(
    `"${text}": ${value} is no whole number from ${least} to ${MAX}, nor two or four with commas between.`,
  );
}

function pair([vertical, horizontal = vertical]: readonly number[]): [number, number] {
  return [vertical, horizontal];
}

/**
 * Refuses names of layers that a file does not have.
 *
 * @throws UserError that names those it has
 */
export function assertLayers(names: readonly string[], { layers, file }: FileListing): void {
  const known = layers.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const shown = known.slice(0, 12).join(', ');
  const more = known.length > 12 ? ` and ${known.length - 12} more` : '';
  throw new UserError(`${file} has no layer "${unknown}"; it has ${shown}${more}.`);
}
