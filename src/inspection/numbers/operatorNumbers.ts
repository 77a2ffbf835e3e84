import type { LayerListing, OperatorNumbers, SpectrumNumbers } from '../../shared/inspection';
import { circularNorms } from '../../spectral/circularNorm';
import { kernelBounds } from '../../spectral/kernelBounds';
import { operatorNorm } from '../../spectral/operatorNorm';
import type { WeightValues } from '../../weights/weightFile';
import { convolutionOf, isItsMatrix } from './convolutionOf';

/** Of the norm; far below what a picture or a decision can tell apart. */
const TOLERANCE = 1e-5;
const APPLICATIONS = 400;

/**
 * The norm of a layer as the operator that it is, of the raw weight, with the one bound that costs
 * nothing where there is one; {@link withBounds} adds the others, which take longer than the norm.
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
  const free = matrixBound(layer, matrixNorm);
  const numbers: OperatorNumbers = {
    norm: { value, certainty: 'estimate' },
    tolerance: residual,
    iterations: applications,
    bounds: free === undefined ? [] : [{ method: 'outputs', value: free }],
    upper: free ?? Infinity,
  };
  return free === undefined ? withBounds(numbers, layer, values, check) : numbers;
}

/** The same numbers with all bounds and the norm of the circular convolution. */
export function withBounds(
  numbers: OperatorNumbers,
  layer: LayerListing,
  values: WeightValues,
  check?: () => void,
): OperatorNumbers {
  const convolution = convolutionOf(layer, values);
  if (!convolution || !lacksBounds(layer, numbers)) return numbers;
  const normOn = circularNorms(convolution, check);
  const bounds = kernelBounds(convolution, check, normOn);
  const { inputSize } = layer.geometry;
  return {
    ...numbers,
    circular: { value: normOn(inputSize), certainty: 'exact' },
    bounds,
    upper: Math.min(...bounds.map((bound) => bound.value)),
  };
}

/** Whether {@link withBounds} has something to add. */
export function lacksBounds(layer: LayerListing, numbers: OperatorNumbers | undefined): boolean {
  return !isItsMatrix(layer) && !numbers?.circular;
}

/** Of rounding, as in the other bounds. */
const ROUNDING = 1 + 2 ** -26;

/**
 * The paper's matrix times the root of how many outputs see one input pixel, which holds for plain
 * convolutions (Tsuzuku et al. 2018); undefined for others.
 */
function matrixBound({ shape, geometry }: LayerListing, matrixNorm: number): number | undefined {
  const { kind, groups, dilation, stride } = geometry;
  if (kind !== 'conv' || groups !== 1 || dilation.some((step) => step > 1)) return undefined;
  const overlap = Math.ceil(shape[2] / stride[0]) * Math.ceil(shape[3] / stride[1]);
  return Math.sqrt(overlap) * matrixNorm * ROUNDING;
}
