import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import type { Certainty, OperatorNumbers } from '../../../src/shared/inspection';
import {
  boundMethodName,
  certaintyMarks,
  certaintyName,
} from '../../../src/shared/words/numberWords';
import { formatReading } from '../../figures/format';
import { formatCount } from '../../ui/format';
import { tooltip } from '../../ui/tooltip';
import { divisorOf } from '../layers/columns';
import { absenceOf } from '../layers/computing';
import { inColumn } from '../layers/digits';
import { certaintyWord } from '../verdict/certainty';
import { files } from '../files';
import { fileNames } from '../figures/names';
import { FileName } from '../shell/fileMark';
import type { DetailedLayer } from './details';

/** The norm of a layer as the operator that it is, and what it cannot exceed. */
export function BoundsOfLayer({ layers }: { layers: readonly DetailedLayer[] }): JSX.Element {
  const names = fileNames(files.value);
  return (
    <>
      {layers.map((one) => (
        <div key={one.file.file}>
          {layers.length > 1 && <FileName name={names[one.index]} index={one.index} />}
          {one.numbers.operator ? (
            <Bounds operator={one.numbers.operator} divisor={divisorOf(one.numbers)} />
          ) : (
            <p class="dim">
              {absenceOf(one, 'operator') === 'none' ? t('Not computed.') : t('Not computed yet.')}
            </p>
          )}
        </div>
      ))}
    </>
  );
}

interface Bound {
  readonly name: string;
  readonly value: number;
  readonly certainty: Certainty;
}

function Bounds(props: { operator: OperatorNumbers; divisor: number }): JSX.Element {
  const { operator, divisor } = props;
  const { norm, circular, bounds, iterations, tolerance } = operator;
  const rows: readonly Bound[] = [
    { name: t('True norm'), ...norm },
    ...(circular ? [{ name: t('Circular convolution on the input’s grid'), ...circular }] : []),
    ...bounds.map(({ method, value }) => ({
      name: boundMethodName(method),
      value,
      certainty: 'upperBound' as const,
    })),
  ];
  return (
    <>
      <table class="plain-table numbers-table">
        <thead>
          <tr>
            <th scope="col">{t('Method')}</th>
            <th scope="col" class="number">
              {t('of W')}
            </th>
            <th scope="col" class="number">
              {t('as used')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, value, certainty }) => (
            <tr
              key={name}
              class={certainty === 'upperBound' && value === operator.upper ? 'leads' : ''}
            >
              <th scope="row">
                {name}{' '}
                <span class="certainty" {...tooltip(certaintyName(certainty))}>
                  {certaintyWord(certainty)}
                </span>
              </th>
              <td class="number">{inColumn(value, 4)}</td>
              <td class="number">
                {certainty !== 'exact' && `${certaintyMarks[certainty]} `}
                {inColumn(value / divisor, 4)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {norm.certainty === 'estimate' && (
        <p class="dim">
          {t(
            'The true norm was iterated {0} times, to {1} of a singular value.',
            formatCount(iterations),
            formatReading(tolerance, 2),
          )}
        </p>
      )}
    </>
  );
}
