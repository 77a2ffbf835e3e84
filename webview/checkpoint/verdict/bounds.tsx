import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { Certainty, NetworkVerdict } from '../../../src/shared/inspection';
import {
  certaintyMarks,
  certaintyName,
  numberMeaning,
} from '../../../src/shared/words/numberWords';
import { formatReading } from '../../figures/format';
import { Icon } from '../../ui/icon';
import { tooltip } from '../../ui/tooltip';
import { fileNames } from '../figures/names';
import { files, type ShownFile } from '../files';
import { Pending } from '../pending';
import { FileName } from '../shell/fileMark';
import { gradientsOf } from './gradients';
import { Gradients } from './gradientFacts';
import { shownNetwork } from './networks';
import { signOf } from './sign';
import { certaintyWord } from './certainty';

/** A number of a verdict. */
interface Bound {
  readonly name: string;
  readonly meaning: string;
  /** Beside the number; the product is none of the four. */
  readonly certainty: Certainty | undefined;
  readonly value: number | null | undefined;
}

/** The verdict on the network that is shown of a file. */
export function verdictOf(file: ShownFile): NetworkVerdict | undefined {
  const network = shownNetwork(file);
  return network && file.verdicts.value[network.name];
}

function boundsOf(file: ShownFile): readonly Bound[] {
  const verdict = verdictOf(file);
  return [
    {
      name: t('Product of σ(W̄)'),
      meaning: numberMeaning('product'),
      certainty: undefined,
      value: verdict?.product,
    },
    {
      name: t('Guaranteed bound'),
      meaning: t(
        'No input is stretched more than this: guaranteed norms of all layers, with sums and pooling as the network has them.',
      ),
      certainty: 'upperBound',
      value: verdict?.upper,
    },
    {
      name: t('With true norms'),
      meaning: numberMeaning('tightUpper'),
      certainty: 'upperBound',
      value: verdict?.tightUpper,
    },
    {
      name: t('Largest gradient met'),
      meaning: numberMeaning('lower'),
      certainty: 'lowerBound',
      value: gradientsOf(file, verdict)?.largest,
    },
  ];
}

/** The bounds of the Lipschitz constant: side by side, of several files as a table. */
export function Bounds(): JSX.Element {
  return files.value.length > 1 ? <BoundsTable /> : <BoundsOfOne file={files.value[0]} />;
}

function BoundsOfOne({ file }: { file: ShownFile }): JSX.Element {
  return (
    <dl class="bounds">
      {boundsOf(file).map((bound) => (
        <div key={bound.name}>
          <dt>
            <span tabIndex={0} class="hinted" {...tooltip(bound.meaning)}>
              {bound.name}
            </span>
          </dt>
          <dd>
            <BoundValue bound={bound} file={file} />
            {bound.certainty === 'lowerBound' && <Gradients file={file} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function BoundsTable(): JSX.Element {
  const names = fileNames(files.value);
  const columns = files.value.map(boundsOf);
  return (
    <div class="table-scroll" tabIndex={0} role="region" aria-label={t('Bounds')}>
      <table class="plain-table bounds-table">
        <thead>
          <tr>
            <th scope="col">{t('Lipschitz constant')}</th>
            {files.value.map((file, i) => (
              <th key={file.file} scope="col">
                <FileName name={names[i]} index={i} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('1-Lipschitz')}</th>
            {files.value.map((file) => (
              <td key={file.file}>
                <Sign file={file} />
              </td>
            ))}
          </tr>
          {columns[0].map((bound, row) => (
            <tr key={bound.name}>
              <th scope="row">
                <span tabIndex={0} class="hinted" {...tooltip(bound.meaning)}>
                  {bound.name}
                </span>
              </th>
              {files.value.map((file, i) => (
                <td key={file.file}>
                  <BoundValue bound={columns[i][row]} file={file} />
                  {bound.certainty === 'lowerBound' && <Gradients file={file} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Sign({ file }: { file: ShownFile }): JSX.Element {
  const verdict = verdictOf(file);
  if (!verdict) return <span class="dim">{t('not known')}</span>;
  const lower = gradientsOf(file, verdict);
  const works = !file.state.value || file.state.value.kind === 'working';
  const { icon, kind, word } = signOf({ ...verdict, ...(lower && { lower }) }, works);
  return (
    <span class={`verdict-sign verdict-${kind}`}>
      <Icon name={icon} />
      {word}
    </span>
  );
}

function BoundValue({ bound, file }: { bound: Bound; file: ShownFile }): JSX.Element {
  const { value, certainty } = bound;
  const works = !file.state.value || file.state.value.kind === 'working';
  if (value === undefined || value === null) {
    // Gradients are looked for on demand only; what says so stands beside.
    if (certainty === 'lowerBound') return <></>;
    return works && value === undefined ? <Pending /> : <span class="dim">{t('not known')}</span>;
  }
  return (
    <span class="bound-value">
      <span class="value">
        {certainty && `${certaintyMarks[certainty]} `}
        {formatReading(value)}
      </span>{' '}
      <span class="certainty" {...tooltip(certainty && certaintyName(certainty))}>
        {certainty === undefined ? t('no bound') : certaintyWord(certainty)}
      </span>
    </span>
  );
}
