import type { LayerListing, LayerNumbers, WeightNumbers } from '../../shared/inspection';
import { UserError } from '../../shared/userError';
import type { Matrix } from '../../spectral/matrix';
import { singularValues } from '../../spectral/singularValues';
import { spectrumNumbers } from '../../spectral/spectrumNumbers';
import { weightNumbers } from '../../spectral/weightNumbers';
import type { WeightFile, WeightValues } from '../../weights/weightFile';
import type { FoundLayer } from '../listing/foundLayer';
import type { Work } from '../orderOfWork';
import { estimateSigma } from './estimate';
import { asPaperMatrix, readWeight } from './layerWeight';
import { operatorNumbers, withBounds } from './operatorNumbers';

/** Computes the numbers of one layer, part by part. */
export class LayerInspection {
  constructor(
    private readonly weights: WeightFile,
    private readonly layer: LayerListing,
    private readonly found: FoundLayer,
    private readonly check?: () => void,
  ) {}

  /**
   * What is known with one more part of the numbers; the same object where there is nothing to add.
   * A part that cannot be computed leaves its reason in `refused`.
   */
  async extend(
    before: LayerNumbers,
    { doing, bounds }: Pick<Work, 'doing' | 'bounds'>,
  ): Promise<LayerNumbers> {
    if (doing !== 'weights' && before.weight && isBroken(before.weight)) return before;
    const { flaw } = this.layer;
    if (doing === 'operators' && (flaw !== undefined || !before.spectrum)) {
      return flaw === undefined ? before : { ...before, refused: flaw };
    }
    try {
      const values = await readWeight(this.weights, this.found);
      switch (doing) {
        case 'weights':
          return await this.withWeight(before, values);
        case 'spectra':
          return this.withSpectrum(before, values);
        case 'operators':
          return bounds ? this.withBounds(before, values) : this.withOperator(before, values);
      }
    } catch (thrown) {
      if (!(thrown instanceof UserError)) throw thrown;
      return { ...before, refused: thrown.message };
    }
  }

  private async withWeight(before: LayerNumbers, values: WeightValues): Promise<LayerNumbers> {
    const weight = weightNumbers(values, null);
    if (isBroken(weight)) {
      const { nan, infinite } = weight;
      return {
        ...before,
        weight,
        refused: `${this.layer.name} holds ${nan} NaN and ${infinite} infinite values, so it has no singular values; use an earlier checkpoint.`,
      };
    }
    // Spares layers of generators the copy as a matrix.
    if (this.layer.normalization === 'none') return { ...before, weight };
    try {
      const estimate = await estimateSigma(this.weights, this.layer, this.matrix(values));
      return { ...before, weight: { ...weight, estimate } };
    } catch (thrown) {
      if (!(thrown instanceof UserError)) throw thrown;
      return { ...before, weight, refused: thrown.message };
    }
  }

  private withSpectrum(before: LayerNumbers, values: WeightValues): LayerNumbers {
    const sigmas = singularValues(this.matrix(values), this.check);
    return { ...before, spectrum: spectrumNumbers(sigmas, before.weight?.estimate ?? null) };
  }

  private withOperator(before: LayerNumbers, values: WeightValues): LayerNumbers {
    if (!before.spectrum) return before;
    const operator = operatorNumbers(this.layer, values, before.spectrum, this.check);
    return { ...before, operator };
  }

  private withBounds(before: LayerNumbers, values: WeightValues): LayerNumbers {
    const { operator } = before;
    if (!operator) return before;
    return { ...before, operator: withBounds(operator, this.layer, values, this.check) };
  }

  private matrix(values: WeightValues): Matrix {
    return asPaperMatrix(values, this.layer);
  }
}

function isBroken({ nan, infinite }: WeightNumbers): boolean {
  return nan + infinite > 0;
}
