import { t } from '@vscode/l10n';
import type {
  GeometryKey,
  LayerGeometry,
  LayerKind,
  LayerListing,
} from '../../../src/shared/inspection';

/** What a layer is, in a word. */
export function kindName(kind: LayerKind): string {
  switch (kind) {
    case 'dense':
      return t('dense');
    case 'conv':
      return t('conv');
    case 'convTranspose':
      return t('transposed conv');
    case 'embedding':
      return t('embedding');
  }
}

/** Whether strides and input sizes mean anything to a layer. */
export function isConvolution({ kind }: LayerGeometry): boolean {
  return kind === 'conv' || kind === 'convTranspose';
}

/** `64 × 3 × 3 × 3` */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? t('one number') : shape.join(' × ');
}

/** A part of a geometry in words, and which keys it tells of. */
export interface GeometryPart {
  readonly key: GeometryKey;
  readonly text: string;
}

/** `stride 2`, `padding 1`, `input 32 × 32`; what is as usual is left out. */
export function geometryParts({ shape, geometry }: LayerListing): readonly GeometryPart[] {
  if (!isConvolution(geometry)) return [];
  const { stride, padding, dilation, groups, outputPadding, inputSize } = geometry;
  const [height, width] = shape.slice(2);
  const [top, bottom, left, right] = padding;
  const even = top === bottom && left === right;
  const parts: (GeometryPart | false)[] = [
    { key: 'kind', text: `${height}×${width}` },
    { key: 'stride', text: t('stride {0}', pairText(stride)) },
    {
      key: 'padding',
      text: t('pad {0}', even ? pairText([top, left]) : padding.join('/')),
    },
    pairText(dilation) !== '1' && { key: 'dilation', text: t('dilation {0}', pairText(dilation)) },
    groups !== 1 && { key: 'groups', text: t('{0} groups', groups) },
    pairText(outputPadding) !== '0' && {
      key: 'outputPadding',
      text: t('output pad {0}', pairText(outputPadding)),
    },
    { key: 'inputSize', text: t('on {0}', inputSize.join('×')) },
  ];
  return parts.filter((part) => part !== false);
}

/** `2`, or `2×1` where the sides differ. */
function pairText([vertical, horizontal]: readonly [number, number]): string {
  return vertical === horizontal ? String(vertical) : `${vertical}×${horizontal}`;
}
