import type { LayerGeometry } from '../../shared/inspection';
import { matrixSides, outputSizeOf } from './layerSizes';

/** About a second of a present processor in JavaScript. */
const GIGA = 1e9;
const SPECTRUM_LIMIT = 5 * GIGA;
const OPERATOR_LIMIT = 60 * GIGA;
/** Applications of an operator and its adjoint that its norm takes on trained weights. */
const APPLICATIONS = 30;

/** Multiplications and additions of all singular values of a weight as a matrix. */
export function spectrumCost(shape: readonly number[], { kind }: LayerGeometry): number {
  const [rows, columns] = matrixSides(shape, kind);
  const [long, short] = rows > columns ? [rows, columns] : [columns, rows];
  return 2 * long * short ** 2 + (8 / 3) * short ** 3;
}

/** The same of the norm of a convolution at its input size. */
export function operatorCost(shape: readonly number[], geometry: LayerGeometry): number {
  if (geometry.kind === 'dense' || geometry.kind === 'embedding') return 0;
  const values = shape.reduce((product, side) => product * side, 1);
  const places = geometry.kind === 'conv' ? outputSizeOf(shape, geometry) : geometry.inputSize;
  return 4 * values * Math.max(1, places[0] * places[1]) * APPLICATIONS;
}

/** Whether the numbers of a layer take so long that they are only computed when asked for. */
export function isCostly(shape: readonly number[], geometry: LayerGeometry): boolean {
  return (
    spectrumCost(shape, geometry) > SPECTRUM_LIMIT || operatorCost(shape, geometry) > OPERATOR_LIMIT
  );
}
