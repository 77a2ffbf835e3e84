import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { FileListing } from '../../../src/shared/inspection';
import { formatCount } from '../../ui/format';
import { files } from '../files';
import { view } from '../viewState';
import './layers.css';
import { LayerTable } from './layerTable';
import { layerRows } from './rows';
import { LayersToolbar } from './toolbar';

/** The layers of the network as a table. */
export function Layers(): JSX.Element {
  const listing = files.value[0].listing.value;
  const rows = layerRows(files.value, view.table.value);
  if (listing && listing.layers.length === 0 && rows.length === 0) {
    return <NoLayers listing={listing} />;
  }
  return (
    <section class="layers" aria-label={t('Layers')}>
      <LayersToolbar rows={rows} />
      {rows.length > 0 ? (
        <LayerTable rows={rows} />
      ) : (
        <p class="dim">
          {view.table.value.filter === ''
            ? t('This network has no linear layers.')
            : t('No layer is called like that.')}
        </p>
      )}
    </section>
  );
}

/** What was found instead of layers, so that nobody has to guess why there are none. */
function NoLayers({ listing }: { listing: FileListing }): JSX.Element {
  const { tensors } = listing;
  const names = tensors.slice(0, 3).map(({ name }) => name);
  return (
    <section class="layers-none" aria-label={t('Layers')}>
      <h2>{t('No linear layers were found')}</h2>
      <p>
        {tensors.length === 0
          ? t('The file holds no arrays at all.')
          : t(
              'The file holds {0} arrays, such as {1}. Layers are recognised by arrays of two or more dimensions that are called weight, kernel or W, or as spectral normalisation calls them.',
              formatCount(tensors.length),
              names.join(', '),
            )}
      </p>
    </section>
  );
}
