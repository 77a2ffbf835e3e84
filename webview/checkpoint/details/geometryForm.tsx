import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import type {
  Correction,
  GeometryKey,
  LayerKind,
  LayerListing,
} from '../../../src/shared/inspection';
import { announce } from '../../ui/announce';
import { Button } from '../../ui/button';
import { Dropdown } from '../../ui/dropdown';
import { send } from '../connection';
import type { ShownFile } from '../files';
import { isConvolution, kindName } from '../layers/geometry';
import { fieldText, geometryFields, parseField, type GeometryFieldSpec } from './geometryFields';

export interface GeometryFormProps {
  readonly file: ShownFile;
  readonly layer: LayerListing;
}

/** What the norm depends on beside the weight: where that is from, and a way to correct it. */
export function GeometryForm({ file, layer }: GeometryFormProps): JSX.Element {
  const { geometry, corrected, guessed } = layer;
  // What was corrected before stays corrected: the extension takes the whole correction.
  const correct = (change: Correction): void => {
    const before = Object.fromEntries(corrected.map((key) => [key, geometry[key]])) as Correction;
    const correction = { ...before, ...change };
    send({ type: 'correct', file: file.file, layer: layer.name, correction });
    announce(t('Corrected; the norms are computed anew.'));
  };
  return (
    <div class="geometry-form">
      {guessed.length > 0 && (
        <p class="dim">
          {t(
            'What is marked as guessed follows from shape and name. Corrections are remembered for this file.',
          )}
        </p>
      )}
      <div class="geometry-field">
        <span class="geometry-label">{t('Kind')}</span>
        <Dropdown
          label={t('Kind')}
          value={geometry.kind}
          options={kindsOf(layer).map((kind) => ({ value: kind, label: kindName(kind) }))}
          onChange={(kind) => correct({ kind })}
        />
        <Origin layer={layer} name="kind" />
      </div>
      {isConvolution(geometry) &&
        geometryFields(geometry).map((spec) => (
          <Field key={spec.key} spec={spec} layer={layer} onCorrect={correct} />
        ))}
      {corrected.length > 0 && (
        <Button
          icon="discard"
          onClick={() =>
            send({ type: 'correct', file: file.file, layer: layer.name, correction: null })
          }
        >
          {t('Reset Corrections')}
        </Button>
      )}
    </div>
  );
}

/** What a weight of the shape can be. */
function kindsOf({ shape, geometry }: LayerListing): readonly LayerKind[] {
  const fitting: readonly LayerKind[] =
    shape.length === 2 ? ['dense', 'embedding'] : ['conv', 'convTranspose'];
  return fitting.includes(geometry.kind) ? fitting : [geometry.kind, ...fitting];
}

interface FieldProps {
  readonly spec: GeometryFieldSpec;
  readonly layer: LayerListing;
  readonly onCorrect: (change: Correction) => void;
}

function Field({ spec, layer, onCorrect }: FieldProps): JSX.Element {
  const id = useId();
  const told = fieldText(layer.geometry, spec.key);
  const [flaw, setFlaw] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  // A new listing says what holds now.
  useEffect(() => {
    if (input.current) input.current.value = told;
    setFlaw(undefined);
  }, [told, layer]);
  const take = (text: string): void => {
    if (text.trim() === told) {
      setFlaw(undefined);
      return;
    }
    const parsed = parseField(spec, text);
    if ('flaw' in parsed) {
      setFlaw(parsed.flaw);
    } else {
      setFlaw(undefined);
      onCorrect(parsed.correction);
    }
  };
  return (
    <div class="geometry-field">
      <label class="geometry-label" for={id}>
        {spec.label}
      </label>
      <input
        ref={input}
        id={id}
        class="text-input"
        type="text"
        autocomplete="off"
        spellcheck={false}
        defaultValue={told}
        title={spec.hint}
        aria-invalid={flaw !== undefined}
        aria-describedby={`${id}-note`}
        onChange={({ currentTarget }) => take(currentTarget.value)}
      />
      <span id={`${id}-note`} class="geometry-note" aria-live="polite">
        {flaw === undefined ? (
          <Origin layer={layer} name={spec.key} />
        ) : (
          <span class="bad">{flaw}</span>
        )}
      </span>
    </div>
  );
}

/** Who says so: the file, the person, or nobody. */
function Origin({ layer, name }: { layer: LayerListing; name: GeometryKey }): JSX.Element {
  if (layer.corrected.includes(name)) {
    return <span class="origin origin-corrected">{t('corrected by you')}</span>;
  }
  if (layer.guessed.includes(name)) return <span class="origin guess">{t('guessed')}</span>;
  return <span class="origin dim">{t('from the file')}</span>;
}
