import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { computed } from '@preact/signals';
import { useKeptScroll } from '../kept/keptScroll';
import { Splitter } from '../ui/splitter';
import { Charts } from './charts/charts';
import { ChartToolbar } from './charts/toolbar';
import { Comparison } from './compare/comparison';
import { EmptyState } from './emptyState';
import { narrow } from './layout';
import { runs, type ShownRun } from './runs';
import { Samples } from './samples/samples';
import { scrollPlace } from './scrollPlace';
import { prefer, view } from './viewState';

/** Neither pane becomes so thin that nothing fits in. */
const SMALLEST_SHARE = 0.2;
const LARGEST_SHARE = 0.8;

/** Curves beside samples; in a narrow panel the samples above the curves. */
export function Panes({ primary }: { readonly primary: ShownRun }): JSX.Element {
  const body = useKeptScroll<HTMLElement>(scrollPlace('body'));
  const asked = view.preferences.value.samplesShare;
  const share = Math.min(LARGEST_SHARE, Math.max(SMALLEST_SHARE, asked));
  // In the order in which they are seen, for the keyboard and for screen readers.
  const parts = [
    <CurvesPane key="curves" primary={primary} />,
    <Splitter
      key="splitter"
      label={t('Width of the curves')}
      share={1 - share}
      smallest={1 - LARGEST_SHARE}
      largest={1 - SMALLEST_SHARE}
      onChange={(next) => prefer({ samplesShare: 1 - next })}
    />,
    <SamplesPane key="samples" />,
  ];
  return (
    <main
      class="panes"
      ref={body}
      style={{ '--charts-share': `${1 - share}fr`, '--samples-share': `${share}fr` }}
    >
      {narrow.value ? [parts[2], parts[0]] : parts}
    </main>
  );
}

const SAMPLES_ID = 'samples';

/** For the keyboard, past a hundred controls; seen while it has the focus. */
function SkipButton(): JSX.Element {
  return (
    <button
      type="button"
      class="skip-button"
      onClick={() => document.getElementById(SAMPLES_ID)?.focus()}
    >
      {t('Skip the curves')}
    </button>
  );
}

/** Whether no run has any row yet. */
const empty = computed(() =>
  runs.value.every(({ revision, columns }) => revision.value >= 0 && columns.length === 0),
);

function CurvesPane({ primary }: { primary: ShownRun }): JSX.Element {
  const ref = useKeptScroll<HTMLElement>(scrollPlace('curves'));
  return (
    <section class="pane curves-pane" ref={ref} aria-label={t('Curves')}>
      <SkipButton />
      {empty.value ? (
        <EmptyState run={primary} />
      ) : (
        <>
          <ChartToolbar />
          <Comparison />
          <Charts />
        </>
      )}
    </section>
  );
}

function SamplesPane(): JSX.Element {
  const ref = useKeptScroll<HTMLElement>(scrollPlace('samples'));
  return (
    <section
      id={SAMPLES_ID}
      class="pane samples-pane"
      ref={ref}
      tabIndex={-1}
      aria-label={t('Samples')}
    >
      <Samples />
    </section>
  );
}
