import { t } from '@vscode/l10n';
import type { LayerListing, SpectrumNumbers } from '../../../src/shared/inspection';
import { counterpart, shortName } from '../figures/chosen';
import { fileNames } from '../figures/names';
import { files, type ShownFile } from '../files';

/** The spectrum of one layer in one file, as far as it is known. */
export interface ShownSpectrum {
  readonly key: string;
  readonly name: string;
  readonly file: ShownFile;
  /** Of the file, among those shown. */
  readonly fileIndex: number;
  /** Of the layer, among those asked for. */
  readonly layerIndex: number;
  /** As the file lists it. */
  readonly layer: LayerListing;
  readonly spectrum: SpectrumNumbers | undefined;
  /** What W is divided by in use; 1 for a layer that is not normalised. */
  readonly divisor: number;
  readonly frobenius: number | undefined;
  /** Why there is no spectrum; one sentence. */
  readonly refused: string | undefined;
}

/** The spectra of layers of the primary file, and of what stands in their place in the others. */
export function shownSpectra(layers: readonly LayerListing[]): ShownSpectrum[] {
  const shown = files.value;
  const names = fileNames(shown);
  return layers.flatMap((layer, layerIndex) =>
    shown.flatMap((file, fileIndex): ShownSpectrum[] => {
      const own = counterpart(file, layer);
      if (!own) return [];
      const numbers = file.numbers.value[own.name] ?? {};
      const parts = [
        ...(shown.length > 1 ? [names[fileIndex]] : []),
        ...(shown.length === 1 || layers.length > 1 ? [shortName(layer)] : []),
      ];
      return [
        {
          key: `${file.file}\n${own.name}`,
          name: parts.join(', '),
          file,
          fileIndex,
          layerIndex,
          layer: own,
          spectrum: numbers.spectrum,
          divisor: numbers.weight?.estimate ?? 1,
          frobenius: numbers.weight?.frobenius,
          refused: numbers.refused,
        },
      ];
    }),
  );
}

/** Sentences about files that have nothing to compare with a layer. */
export function withoutCounterpart(layers: readonly LayerListing[]): string[] {
  const shown = files.value;
  const names = fileNames(shown);
  return layers.flatMap((layer) =>
    shown.flatMap((file, i) =>
      file.listing.value && !counterpart(file, layer)
        ? [t('{0} has no layer like {1}.', names[i], shortName(layer))]
        : [],
    ),
  );
}
