import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { LayerListing } from '../../../src/shared/inspection';
import { geometryParts, kindName } from './geometry';

export interface GeometryCellProps {
  readonly layer: LayerListing;
  readonly only: 'kind' | 'geometry';
}

/** What a layer is, or where its kernel goes; guesses are marked as such. */
export function GeometryCell({ layer, only }: GeometryCellProps): JSX.Element {
  const parts =
    only === 'kind'
      ? [{ key: 'kind' as const, text: kindName(layer.geometry.kind) }]
      : // The kernel is as the array is, whatever was guessed.
        geometryParts(layer);
  return (
    <span class="geometry">
      {parts.map(({ key, text }, i) => (
        <span key={key}>
          {i > 0 && <span class="visually-hidden">, </span>}
          {layer.guessed.includes(key) && (only === 'kind' || key !== 'kind') ? (
            <Guess text={text} />
          ) : (
            text
          )}
        </span>
      ))}
    </span>
  );
}

/** What neither the file nor the person says. */
export function Guess({ text }: { readonly text: string }): JSX.Element {
  return (
    <span class="guess" title={t('Guessed from shape and name; correct it in the details')}>
      {text}
      <span aria-hidden="true">?</span>
      <span class="visually-hidden"> ({t('guessed')})</span>
    </span>
  );
}
