import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { Checkbox } from '../../ui/checkbox';
import { Disclosure } from '../../ui/disclosure';
import { IconButton } from '../../ui/iconButton';
import { copyText, tabSeparated } from '../copyText';
import { runs } from '../runs';
import { setOpen, view } from '../viewState';
import { compareConfigs, type ConfigRow } from './configDifferences';
import { RunName } from './runName';

const NAME = 'config';
const ALL_KEYS = 'config.allKeys';

/** What the configs of the runs disagree about; every key on demand. */
export function ConfigTable(): JSX.Element {
  const rows = compareConfigs(runs.value.map((run) => run.view.value.config));
  const differing = rows.filter(({ differs }) => differs);
  const all = view.open.value[ALL_KEYS] ?? false;
  const shown = all ? rows : differing;
  const summary =
    differing.length === 0 ? t('no differences') : differing.map(({ key }) => key).join(', ');
  return (
    <Disclosure
      title={t('Configuration')}
      summary={summary}
      open={view.open.value[NAME] ?? true}
      onToggle={(open) => setOpen(NAME, open)}
      actions={
        <>
          <Checkbox
            label={t('All keys')}
            checked={all}
            onChange={(next) => setOpen(ALL_KEYS, next)}
          />
          <IconButton
            icon="copy"
            label={t('Copy as Table')}
            onClick={() => void copyText(asText(shown))}
          />
        </>
      }
    >
      {shown.length === 0 ? (
        <p class="dim">{t('The configs of these runs agree in everything.')}</p>
      ) : (
        <Table rows={shown} markDiffering={all} />
      )}
    </Disclosure>
  );
}

function Table(props: { rows: readonly ConfigRow[]; markDiffering: boolean }): JSX.Element {
  const { rows, markDiffering } = props;
  return (
    <div class="compare-scroll" tabIndex={0} role="region" aria-label={t('Configuration')}>
      <table class="compare-table">
        <thead>
          <tr>
            <th scope="col">{t('Key')}</th>
            {runs.value.map((run, index) => (
              <th key={run.key} scope="col">
                <RunName run={run} index={index} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, values, differs }) => (
            <tr key={key} class={markDiffering && differs ? 'differs' : ''}>
              <th scope="row">
                {key}
                {markDiffering && differs && (
                  <span class="dim">
                    {' '}
                    ≠<span class="visually-hidden"> {t('differs')}</span>
                  </span>
                )}
              </th>
              {values.map((value, index) => (
                <td key={index}>{value ?? <span class="dim">–</span>}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function asText(rows: readonly ConfigRow[]): string {
  const names = runs.value.map((run) => run.view.value.name);
  return tabSeparated([
    [t('Key'), ...names],
    ...rows.map(({ key, values }) => [key, ...values.map((value) => value ?? '')]),
  ]);
}
