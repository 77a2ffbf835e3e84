import { divisorOf } from '../../inspection/numbers/networkVerdict';
import { certaintyMarks } from '../../shared/words/numberWords';
import { inDigits } from '../../shared/words/digits';
import type {
  CertainNumber,
  GeometryKey,
  LayerListing,
  LayerNumbers,
} from '../../shared/inspection';

/** Cells of a table of layers. Numbers that are not there yet or make no sense are `-`. */

/** `conv 4x4 stride 2 pad 1 in 32x32`, with `?` after what is guessed. */
export function describeGeometry({ geometry, shape, guessed }: LayerListing): string {
  const { kind, stride, padding, dilation, groups, outputPadding, inputSize } = geometry;
  const mark = (key: GeometryKey): string => (guessed.includes(key) ? '?' : '');
  if (kind === 'dense' || kind === 'embedding') return kind + mark('kind');
  const even = padding.every((zeros) => zeros === padding[0]);
  const parts = [
    `${kind === 'conv' ? 'conv' : 'deconv'} ${shape[2]}x${shape[3]}${mark('kind')}`,
    `s${oneOrTwo(stride)}${mark('stride')}`,
    `p${even ? padding[0] : padding.join(',')}${mark('padding')}`,
    ...(dilation.some((step) => step > 1) ? [`d${oneOrTwo(dilation)}${mark('dilation')}`] : []),
    ...(groups > 1 ? [`g${groups}${mark('groups')}`] : []),
    ...(outputPadding.some((zeros) => zeros > 0)
      ? [`op${oneOrTwo(outputPadding)}${mark('outputPadding')}`]
      : []),
    `${inputSize.join('x')}${mark('inputSize')}`,
  ];
  return parts.join(' ');
}

function oneOrTwo([vertical, horizontal]: readonly [number, number]): string {
  return vertical === horizontal ? String(vertical) : `${vertical},${horizontal}`;
}

/** The norm of the layer as it is used, with how far it can be relied on. */
export function usedNorm(layer: LayerListing, numbers: LayerNumbers): CertainNumber | undefined {
  const divisor = divisorOf(layer, numbers);
  const { operator } = numbers;
  if (!operator || divisor === undefined) return undefined;
  return { value: operator.norm.value / divisor, certainty: operator.norm.certainty };
}

/** The smallest number that the norm of the layer as it is used cannot exceed. */
export function usedUpper(layer: LayerListing, numbers: LayerNumbers): number | undefined {
  const divisor = divisorOf(layer, numbers);
  const { operator } = numbers;
  return operator && divisor !== undefined ? operator.upper / divisor : undefined;
}

/** `≈ 1.93` */
export function certain(number: CertainNumber | undefined): string {
  return number ? `${certaintyMarks[number.certainty]} ${inDigits(number.value)}` : '-';
}

export function digits(value: number | null | undefined): string {
  return written(value, inDigits);
}

/** A number in a form of its own. */
export function written(value: number | null | undefined, form: (value: number) => string): string {
  return value === null || value === undefined ? '-' : form(value);
}
