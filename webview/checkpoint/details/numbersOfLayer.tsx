import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { formatReading } from '../../figures/format';
import { formatCount } from '../../ui/format';
import { tooltip } from '../../ui/tooltip';
import { fileNames } from '../figures/names';
import { files } from '../files';
import { layerColumns, type LayerColumn } from '../layers/columns';
import { absenceOf } from '../layers/computing';
import { Pending } from '../pending';
import { FileMark } from '../shell/fileMark';
import type { DetailedLayer } from './details';

/** What stands in the table below as bounds, or above in words. */
const elsewhere = new Set(['kind', 'shape', 'geometry', 'norm', 'upper', 'circular']);

/** The numbers of a layer with what they mean, a column for each file. */
export function NumbersOfLayer({ layers }: { layers: readonly DetailedLayer[] }): JSX.Element {
  const rows = [...layerColumns().filter(({ name }) => !elsewhere.has(name)), ...furtherNumbers()];
  return (
    <table class="plain-table numbers-table">
      {files.value.length > 1 && <FilesHead layers={layers} first={t('Number')} />}
      <tbody>
        {rows.map((row) => (
          <tr key={row.name}>
            <th scope="row">
              <span class="hinted" tabIndex={0} {...tooltip(row.meaning)}>
                {row.label}
              </span>
            </th>
            {layers.map((one) => (
              <td key={one.file.file} class="number">
                <Reading text={row.text(one)} of={one} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Nothing is said to be missing while it may still come. */
function Reading({ text, of }: { readonly text: string; readonly of: DetailedLayer }): JSX.Element {
  return text === '–' && absenceOf(of, 'spectrum') === 'coming' ? <Pending /> : <>{text}</>;
}

/** Which column is of which file. */
export function FilesHead(props: {
  readonly layers: readonly DetailedLayer[];
  readonly first: string;
}): JSX.Element {
  const names = fileNames(files.value);
  return (
    <thead>
      <tr>
        <th scope="col">{props.first}</th>
        {props.layers.map(({ file, index }) => (
          <th key={file.file} scope="col" class="number">
            <span title={names[index]}>
              <FileMark index={index} />
              <span class="visually-hidden">{names[index]}</span>
            </span>
          </th>
        ))}
      </tr>
    </thead>
  );
}

/** What the table of layers has no room for. */
function furtherNumbers(): Pick<LayerColumn, 'name' | 'label' | 'meaning' | 'text'>[] {
  return [
    {
      name: 'smallest',
      label: t('Smallest σ'),
      meaning: t('The smallest singular value of the raw weight as the paper’s matrix.'),
      text: ({ numbers }) => formatReading(numbers.spectrum?.values.at(-1)),
    },
    {
      name: 'count',
      label: t('Singular values'),
      meaning: t('As many as the smaller side of the matrix.'),
      text: ({ numbers }) => {
        return numbers.spectrum ? formatCount(numbers.spectrum.values.length) : '–';
      },
    },
    {
      name: 'mean',
      label: t('Mean'),
      meaning: t('The mean of the numbers of the raw weight.'),
      text: ({ numbers }) => formatReading(numbers.weight?.mean),
    },
  ];
}
