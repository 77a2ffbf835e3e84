import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { formatCount } from '../../ui/format';
import { IconButton } from '../../ui/iconButton';
import { Link } from '../../ui/link';
import { Menu } from '../../ui/menu';
import { TextField } from '../../ui/textField';
import { send } from '../connection';
import { files } from '../files';
import { prefer, view } from '../viewState';
import { fileName } from '../../figures/fileName';
import { layerColumns, shownColumns } from './columns';
import { compute, notAskedFor } from './computing';
import type { LayerRow } from './rows';
import { rowsAsCsv, rowsAsJson, rowsAsTabs } from './tableText';
import { announce } from '../../ui/announce';

/** What can be done with the table: filter, choose columns, compute, copy, save. */
export function LayersToolbar({ rows }: { rows: readonly LayerRow[] }): JSX.Element {
  const columns = shownColumns(view.preferences.value.columns);
  const costly = notAskedFor(rows);
  const save = (extension: string, text: string): void => {
    const name = fileName([baseName(files.peek()[0].file), t('layers')], extension);
    send({ type: 'save', name, contents: new TextEncoder().encode(text) });
  };
  return (
    <div class="layers-toolbar">
      <h2>{t('Layers')}</h2>
      <span class="dim">{formatCount(rows.filter(({ first }) => first).length)}</span>
      {costly.length > 0 && (
        <Link
          hint={t('Some layers are so large that their numbers are only computed when asked for.')}
          onClick={() => computeAll(costly)}
        >
          {costly.length === 1
            ? t('Compute 1 costly layer')
            : t('Compute {0} costly layers', costly.length)}
        </Link>
      )}
      <div class="actions">
        <TextField
          label={t('Filter layers by name or kind')}
          placeholder={t('Filter layers')}
          value={view.table.value.filter}
          onInput={(filter) => (view.table.value = { ...view.table.peek(), filter })}
        />
        <Menu
          icon="list-selection"
          label={t('Choose Columns')}
          items={[
            ...layerColumns().map(({ name, label }) => ({
              label,
              checked: columns.some((column) => column.name === name),
              choose: () => toggleColumn(name),
            })),
            'separator' as const,
            {
              label: t('Usual Columns'),
              icon: 'discard' as const,
              choose: () => prefer({ columns: null }),
            },
          ]}
        />
        <IconButton
          icon="copy"
          label={t('Copy as Table')}
          onClick={() => {
            send({ type: 'copy', text: rowsAsTabs(rows, columns) });
            announce(t('Copied'));
          }}
        />
        <Menu
          icon="save"
          label={t('Save Table')}
          items={[
            {
              label: t('All Columns'),
              detail: 'CSV',
              choose: () => save('csv', rowsAsCsv(rows)),
            },
            {
              label: t('Everything, with Spectra'),
              detail: 'JSON',
              choose: () => save('json', rowsAsJson(rows)),
            },
          ]}
        />
      </div>
    </div>
  );
}

function toggleColumn(name: string): void {
  const names = shownColumns(view.preferences.peek().columns).map((column) => column.name);
  prefer({
    columns: names.includes(name) ? names.filter((one) => one !== name) : [...names, name],
  });
}

function computeAll(costly: readonly LayerRow[]): void {
  for (const file of new Set(costly.map((row) => row.file))) {
    compute(
      file,
      costly.filter((row) => row.file === file).map(({ layer }) => layer.name),
    );
  }
}

function baseName(path: string): string {
  const [name = ''] = path.split(/[\\/]/).slice(-1);
  return name.replace(/\.[^.]*$/, '');
}
