import type { LayerListing, OperatorNumbers, SpectrumNumbers } from '../../shared/inspection';
import { circularNorm } from '../../spectral/circularSpectrum';
import { kernelBounds } from '../../spectral/kernelBounds';
import { operatorNorm } from '../../spectral/operatorNorm';
import type { WeightValues } from '../../weights/weightFile';
import { convolutionOf, isItsMatrix } from './convolutionOf';

/** Of the norm; far below what a picture or a decision can tell apart. */
const TOLERANCE = 1e-5;
const APPLICATIONS = 400;

/**
 * The norm of a layer as the operator that it is, of the raw weight, with its guaranteed bounds.
 *
 * @param spectrum of the same weight
 * @param check called about every 20 ms; may throw to end the work
 */
export function operatorNumbers(
  layer: LayerListing,
  values: WeightValues,
  spectrum: SpectrumNumbers,
  check?: () => void,
): OperatorNumbers {
  const convolution = convolutionOf(layer, values);
  const { inputSize } = layer.geometry;
  const matrixNorm = spectrum.values[0];
  if (!convolution || isItsMatrix(layer)) {
    return {
      norm: { value: matrixNorm, certainty: 'exact' },
      tolerance: 0,
      iterations: 0,
      bounds: [],
      upper: matrixNorm,
    };
  }
  const limits = { tolerance: TOLERANCE, applications: APPLICATIONS, ...(check && { check }) };
  const { value, residual, applications } = operatorNorm(convolution, limits);
  const bounds = kernelBounds(convolution, check);
  const circular = { value: circularNorm(convolution, [...inputSize], check), certainty: 'exact' };
  return {
    norm: { value, certainty: 'estimate' },
    tolerance: residual,
    iterations: applications,
    circular: { ...circular, certainty: 'exact' },
    bounds,
    upper: Math.min(...bounds.map((bound) => bound.value)),
  };
}
