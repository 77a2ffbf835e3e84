import { computed } from '@preact/signals';
import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { Disclosure } from '../../ui/disclosure';
import { formatCount } from '../../ui/format';
import { runs } from '../runs';
import { prefer, setOpen, view } from '../viewState';
import { ChartCard } from './chartCard';
import { chartFilter } from './chartFilter';
import './charts.css';
import { groupCharts, type ChartGroup, type ChartSpec } from './groups';
import { moved, ordered } from './order';
import { chartViewOf } from './picture';
import { fullTitle } from './summary';
import { watchTheme } from '../../figures/theme';

/** Changes only when a tag comes that was not there. */
const tagList = computed(() => {
  const tags = new Set<string>();
  for (const run of runs.value) {
    void run.revision.value;
    for (const tag of run.columns.tags) tags.add(tag);
  }
  return [...tags].join('\n');
});

const groups = computed(() => {
  const tags = tagList.value === '' ? [] : tagList.value.split('\n');
  return groupCharts(tags, runs.value.length > 1);
});

/** The curves of the runs shown: pinned ones, then one chart a group, the most telling first. */
export function Charts(): JSX.Element | null {
  useEffect(watchTheme, []);
  const { order } = view.preferences.value;
  const inOrder = (specs: readonly ChartSpec[]): ChartSpec[] =>
    ordered(specs.filter(matches), ({ name }) => name, order);
  const all = groups.value.flatMap(({ charts }) => charts);
  const pinned = inOrder(all.filter(isPinned));
  const single = groups.value.filter(({ split }) => !split).flatMap(({ charts }) => charts);
  const others = inOrder(single.filter((spec) => !isPinned(spec)));
  const split = groups.value
    .filter((group) => group.split)
    .map((group) => ({ ...group, charts: inOrder(group.charts.filter((spec) => !isPinned(spec))) }))
    .filter(({ charts }) => charts.length > 0);
  const found = pinned.length + others.length + split.length > 0;
  return (
    <div class="charts">
      <Progress />
      {!found && all.length > 0 && <p class="charts-none">{t('No chart has such a name.')}</p>}
      {pinned.length > 0 && (
        <section aria-label={t('Pinned')}>
          <h2 class="charts-heading">{t('Pinned')}</h2>
          <Grid specs={pinned} apart />
        </section>
      )}
      <h2 class="visually-hidden">{t('Charts')}</h2>
      {others.length > 0 && <Grid specs={others} apart={false} />}
      {split.map((group) => (
        <SplitGroup key={group.name} group={group} />
      ))}
    </div>
  );
}

/** A large group of a comparison: one chart for each of its tags. */
function SplitGroup({ group }: { group: ChartGroup }): JSX.Element {
  const place = `charts:${group.name}`;
  // Whoever looks for a name wants to see what was found.
  const open = chartFilter.value !== '' || (view.open.value[place] ?? false);
  return (
    <Disclosure
      title={group.title}
      open={open}
      onToggle={(next) => setOpen(place, next)}
      summary={t('{0} charts', group.charts.length)}
    >
      <Grid specs={group.charts} apart={false} />
    </Disclosure>
  );
}

function Grid({ specs, apart }: { specs: readonly ChartSpec[]; apart: boolean }): JSX.Element {
  const names = specs.map(({ name }) => name);
  const move = (name: string, before: string | undefined): void => {
    prefer({ order: moved(names, name, before, view.preferences.value.order) });
  };
  return (
    <div class="chart-grid">
      {specs.map((spec, i) => (
        <ChartCard
          key={spec.name}
          spec={spec}
          apart={apart}
          onMove={(before) => move(spec.name, before)}
          onEarlier={i > 0 ? () => move(spec.name, names[i - 1]) : undefined}
          onLater={i < names.length - 1 ? () => move(spec.name, names[i + 2]) : undefined}
        />
      ))}
    </div>
  );
}

/** Says how far a long run has been read. */
function Progress(): JSX.Element | null {
  let [here, total] = [0, 0];
  for (const run of runs.value) {
    void run.revision.value;
    here += run.columns.length;
    total += run.columns.total;
  }
  if (here === total) return null;
  return (
    <p class="charts-progress" role="status">
      {t('Reading the curves: {0} of {1} rows', formatCount(here), formatCount(total))}
    </p>
  );
}

function isPinned({ name }: ChartSpec): boolean {
  return chartViewOf(name).pinned ?? false;
}

function matches(spec: ChartSpec): boolean {
  const wanted = chartFilter.value.trim().toLocaleLowerCase();
  if (wanted === '') return true;
  const names = [fullTitle(spec), ...spec.tags.flatMap(({ tag, label }) => [tag, label])];
  return names.some((name) => name.toLocaleLowerCase().includes(wanted));
}
