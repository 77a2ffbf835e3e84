import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { Disclosure } from '../../ui/disclosure';
import { Dropdown } from '../../ui/dropdown';
import { IconButton } from '../../ui/iconButton';
import { Menu } from '../../ui/menu';
import { markedStep } from '../charts/cursor';
import { copyText } from '../copyText';
import { formatCount } from '../../ui/format';
import { runs } from '../runs';
import { setOpen, statistics, view, type Statistic } from '../viewState';
import { labelOf, quantitiesOf, shownQuantities, type Quantity } from './quantities';
import { readRuns } from './sortRuns';
import { valuesAsText } from './valuesAsText';
import { ValuesOfMany } from './valuesOfMany';
import { ValuesOfOne } from './valuesOfOne';

const NAME = 'values';

/** The numbers behind the curves: last, best and at the cursor, for every run. */
export function Values(): JSX.Element {
  const several = runs.value.length > 1;
  return (
    <Disclosure
      title={t('Values')}
      summary={t('last, best and at the cursor')}
      open={view.open.value[NAME] ?? several}
      onToggle={(open) => setOpen(NAME, open)}
      actions={<Actions />}
    >
      <Table />
    </Disclosure>
  );
}

/** Drawn again with every new row; what is folded costs nothing. */
function allQuantities(): readonly Quantity[] {
  for (const { revision } of runs.value) void revision.value;
  return quantitiesOf(runs.value.map(({ columns }) => columns));
}

function Actions(): JSX.Element {
  const all = allQuantities();
  const shown = shownQuantities(all, view.values.value.tags);
  const change = (next: Partial<typeof view.values.value>): void => {
    view.values.value = { ...view.values.peek(), ...next };
  };
  return (
    <>
      {runs.value.length > 1 && (
        <Dropdown
          label={t('What to show of each value')}
          value={view.values.value.statistic}
          options={statistics.map((value) => ({ value, label: statisticName(value) }))}
          onChange={(statistic) => change({ statistic })}
        />
      )}
      <Menu
        icon="list-selection"
        label={t('Choose Values')}
        items={all.map((quantity) => {
          const checked = shown.includes(quantity);
          const next = checked ? shown.filter((one) => one !== quantity) : [...shown, quantity];
          return {
            label: labelOf(quantity.name),
            checked,
            choose: () => change({ tags: next.map(({ name }) => name) }),
          };
        })}
      />
      <IconButton
        icon="copy"
        label={t('Copy as Table')}
        onClick={() => {
          const rows = readRuns(runs.peek(), shown, markedStep.peek());
          void copyText(valuesAsText(rows, shown));
        }}
      />
    </>
  );
}

function statisticName(statistic: Statistic): string {
  const cursor = markedStep.value;
  return {
    last: t('Last'),
    best: t('Best'),
    atCursor: cursor === null ? t('At cursor') : t('At step {0}', formatCount(cursor)),
  }[statistic];
}

function Table(): JSX.Element {
  const quantities = shownQuantities(allQuantities(), view.values.value.tags);
  const cursor = markedStep.value;
  const rows = readRuns(runs.value, quantities, cursor);
  if (quantities.length === 0) return <p class="dim">{t('No values to show.')}</p>;
  return (
    <div class="compare-scroll" tabIndex={0} role="region" aria-label={t('Values')}>
      {rows.length === 1 ? (
        <ValuesOfOne row={rows[0]} quantities={quantities} cursor={cursor} />
      ) : (
        <ValuesOfMany rows={rows} quantities={quantities} />
      )}
    </div>
  );
}
