import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { LayerListing, LayerNumbers } from '../../../src/shared/inspection';
import { Disclosure } from '../../ui/disclosure';
import { formatCount } from '../../ui/format';
import { Link } from '../../ui/link';
import { Message } from '../../ui/message';
import { counterpart } from '../figures/chosen';
import { files, type ShownFile } from '../files';
import { absenceOf, compute } from '../layers/computing';
import { kindName, shapeText } from '../layers/geometry';
import { setOpen, view } from '../viewState';
import { BoundsOfLayer } from './boundsOfLayer';
import './details.css';
import { GeometryForm } from './geometryForm';
import { NumbersOfLayer } from './numbersOfLayer';

/** A layer of a file with its numbers; of several files, those that belong together. */
export interface DetailedLayer {
  readonly file: ShownFile;
  /** Of the file among all, for its mark. */
  readonly index: number;
  readonly layer: LayerListing;
  readonly numbers: LayerNumbers;
}

/** All that is known of a layer of the primary file, beside its counterparts of other files. */
export function Details({ layer }: { readonly layer: LayerListing }): JSX.Element {
  const [primary] = files.value;
  const all = files.value.flatMap((file, index): DetailedLayer[] => {
    const same = file === primary ? layer : counterpart(file, layer);
    if (!same) return [];
    const numbers = (file.numbers.value[same.name] as LayerNumbers | undefined) ?? {};
    return [{ file, index, layer: same, numbers }];
  });
  const { numbers } = all[0];
  return (
    <section class="details" aria-label={t('Details of {0}', layer.name)}>
      <h2 tabIndex={-1}>{layer.name}</h2>
      <p class="dim">{sentenceOf(layer)}</p>
      {layer.flaw !== undefined && <Message severity="warning">{layer.flaw}</Message>}
      {numbers.refused !== undefined && <Message severity="warning">{numbers.refused}</Message>}
      <Costly file={primary} layer={layer} numbers={numbers} />
      <div class="details-parts">
        <NumbersOfLayer layers={all} />
        <div>
          <Part name="bounds" title={t('True norm and bounds')} open>
            <BoundsOfLayer layers={all} />
          </Part>
          <Part
            name="geometry"
            title={t('Geometry')}
            open={layer.guessed.length > 0 || layer.flaw !== undefined}
          >
            <GeometryForm key={`${primary.file} ${layer.name}`} file={primary} layer={layer} />
          </Part>
          <Part name="arrays" title={t('Arrays')} open={false}>
            <ArraysOfLayer layer={layer} />
          </Part>
        </div>
      </div>
    </section>
  );
}

function Costly(props: { file: ShownFile; layer: LayerListing; numbers: LayerNumbers }) {
  const { file, layer } = props;
  if (absenceOf(props, 'spectrum') !== 'costly') return null;
  return (
    <p>
      {t('Its numbers take long, because it is large.')}{' '}
      <Link onClick={() => compute(file, [layer.name])}>{t('Compute')}</Link>
    </p>
  );
}

interface PartProps {
  readonly name: string;
  readonly title: string;
  readonly open: boolean;
  readonly children: JSX.Element;
}

function Part({ name, title, open, children }: PartProps): JSX.Element {
  const key = `details.${name}`;
  return (
    <Disclosure
      title={title}
      open={view.open.value[key] ?? open}
      onToggle={(next) => setOpen(key, next)}
    >
      {children}
    </Disclosure>
  );
}

function sentenceOf({ geometry, shape, rows, columns, normalization }: LayerListing): string {
  const what = t(
    '{0}, {1}; as a matrix {2} × {3}.',
    kindName(geometry.kind),
    shapeText(shape),
    formatCount(rows),
    formatCount(columns),
  );
  const how = {
    stored: t('Spectrally normalised; u is in the file.'),
    missing: t('Spectrally normalised, but u is not in the file.'),
    none: t('Used as it is, without spectral normalisation.'),
  };
  return `${what} ${how[normalization]}`;
}

function ArraysOfLayer({ layer }: { layer: LayerListing }): JSX.Element {
  const arrays = [
    { role: t('Weight'), name: layer.weight },
    { role: 'u', name: layer.u },
    { role: 'v', name: layer.v },
    { role: t('Bias'), name: layer.bias },
  ];
  const tensors = files.value[0].listing.value?.tensors ?? [];
  return (
    <dl class="arrays">
      {arrays.map(({ role, name }) => {
        const tensor = tensors.find((one) => one.name === name);
        return (
          <div key={role}>
            <dt>{role}</dt>
            <dd>
              {name === undefined ? (
                <span class="dim">{t('not in the file')}</span>
              ) : (
                <>
                  <code>{name}</code>{' '}
                  {tensor && (
                    <span class="dim">
                      {tensor.dtype}, {shapeText(tensor.shape)}
                    </span>
                  )}
                </>
              )}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
