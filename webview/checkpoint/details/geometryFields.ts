import { t } from '@vscode/l10n';
import type { Correction, GeometryKey, LayerGeometry } from '../../../src/shared/inspection';

/** A part of the geometry that is typed as numbers. */
export interface GeometryFieldSpec {
  readonly key: Exclude<GeometryKey, 'kind'>;
  readonly label: string;
  /** What may be typed. */
  readonly hint: string;
  readonly least: number;
  readonly most: number;
}

/** The parts of a convolution's geometry; the words are in the display language. */
export function geometryFields({ kind }: LayerGeometry): readonly GeometryFieldSpec[] {
  const two = t('One number, or height, width');
  return [
    { key: 'stride', label: t('Stride'), hint: two, least: 1, most: 64 },
    {
      key: 'padding',
      label: t('Padding'),
      hint: t('One number, or height, width, or top, bottom, left, right'),
      least: 0,
      most: 256,
    },
    { key: 'dilation', label: t('Dilation'), hint: two, least: 1, most: 64 },
    { key: 'groups', label: t('Groups'), hint: t('One number'), least: 1, most: 65_536 },
    { key: 'inputSize', label: t('Input size'), hint: two, least: 1, most: 8_192 },
    ...(kind === 'convTranspose'
      ? [
          {
            key: 'outputPadding' as const,
            label: t('Output padding'),
            hint: two,
            least: 0,
            most: 63,
          },
        ]
      : []),
  ];
}

/** A part of a geometry as it is typed: `2`, `2, 1` where the sides differ. */
export function fieldText(geometry: LayerGeometry, key: GeometryFieldSpec['key']): string {
  if (key === 'groups') return String(geometry.groups);
  const numbers: readonly number[] = geometry[key];
  const [first] = numbers;
  if (numbers.every((number) => number === first)) return String(first);
  if (key !== 'padding') return numbers.join(', ');
  const [top, bottom, left, right] = geometry.padding;
  return (top === bottom && left === right ? [top, left] : numbers).join(', ');
}

/** What a text says of a part of the geometry, or a sentence on why it says nothing. */
export function parseField(
  { key, hint, least, most }: GeometryFieldSpec,
  text: string,
): { readonly correction: Correction } | { readonly flaw: string } {
  const words = text.trim().split(/\s*[,;×x\s/]\s*/);
  const numbers = words.map((word) => (/^\d+$/.test(word) ? Number(word) : NaN));
  if (numbers.some((number) => !(number >= least && number <= most))) {
    return { flaw: t('Whole numbers from {0} to {1}, please.', least, most) };
  }
  const [a, b, c, d] = numbers;
  const flaw = { flaw: t('{0}, please.', hint) };
  if (key === 'groups') return numbers.length === 1 ? { correction: { groups: a } } : flaw;
  if (key === 'padding') {
    if (numbers.length === 1) return { correction: { padding: [a, a, a, a] } };
    if (numbers.length === 2) return { correction: { padding: [a, a, b, b] } };
    return numbers.length === 4 ? { correction: { padding: [a, b, c, d] } } : flaw;
  }
  if (numbers.length > 2) return flaw;
  return { correction: { [key]: [a, numbers.length === 1 ? a : b] } };
}
