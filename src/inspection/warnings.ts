import type { LayerListing, LayerNumbers, Warning } from '../shared/inspection';
import { randomShareBelowTenth } from './randomSpectrum';
import { divisorOf } from './numbers/networkVerdict';

/** Of what sigma is, as an estimate may be off before a person should know. */
export const STALE = 0.01;
/** How much a layer as it is used may stretch. A bare 1-Lipschitz layer would have 1. */
export const STRETCH = 1.1;
/**
 * Share of singular values below a tenth of the largest, beyond what a random matrix of the shape
 * has. Trained layers of healthy discriminators gather some small values; where another half of
 * all directions is lost, the layer tells its inputs apart along few of them only.
 */
export const COLLAPSE = 0.5;
/** With fewer values a share says nothing. */
const FEWEST_VALUES = 8;

/** What a person should know of the layers of one network; the same numbers give the same. */
export function warningsOf(
  layers: readonly LayerListing[],
  numbers: ReadonlyMap<string, LayerNumbers>,
): Warning[] {
  const normalises = layers.some(({ normalization }) => normalization !== 'none');
  return layers.flatMap((layer) => {
    const found = numbers.get(layer.name);
    return found ? warningsOfLayer(layer, found, normalises) : [];
  });
}

function warningsOfLayer(
  listing: LayerListing,
  numbers: LayerNumbers,
  normalises: boolean,
): Warning[] {
  const { name: layer, rows, columns, normalization } = listing;
  const { weight, spectrum, operator } = numbers;
  const warnings: Warning[] = [];
  const broken = weight ? weight.nan + weight.infinite : 0;
  if (broken > 0) warnings.push({ kind: 'nonFinite', layer, value: broken });
  if (normalization === 'missing' && weight) {
    warnings.push({ kind: 'missingU', layer, value: weight.estimate ?? NaN });
  }
  if (spectrum) {
    const { estimateError, belowTenth, values } = spectrum;
    if (normalization === 'stored' && estimateError !== null && Math.abs(estimateError) > STALE) {
      warnings.push({ kind: 'stale', layer, value: estimateError });
    }
    if (normalization === 'none' && normalises) {
      warnings.push({ kind: 'notNormalized', layer, value: values[0] });
    }
    const fresh = randomShareBelowTenth(rows, columns);
    if (values.length >= FEWEST_VALUES && belowTenth > fresh + COLLAPSE * (1 - fresh)) {
      warnings.push({ kind: 'collapse', layer, value: belowTenth });
    }
  }
  const divisor = divisorOf(listing, numbers);
  // Where the norm is that of the matrix, the estimate tells all there is to tell.
  const overlaps = operator?.norm.certainty !== 'exact';
  if (operator && overlaps && divisor !== undefined && normalization !== 'none') {
    const stretch = operator.norm.value / divisor;
    if (stretch > STRETCH) warnings.push({ kind: 'operatorNorm', layer, value: stretch });
  }
  return warnings;
}
