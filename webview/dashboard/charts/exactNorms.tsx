import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { RunView } from '../../../src/shared/dashboard';
import { isCommanded } from '../../../src/shared/runActions';
import { Dropdown } from '../../ui/dropdown';
import { formatReading } from '../../figures/format';
import { formatCount, formatShare } from '../../ui/format';
import { tooltip } from '../../ui/tooltip';
import { send } from '../connection';
import { problems, runs, type ShownRun } from '../runs';
import { exactCost } from './exactCost';

/** Offered beside 0, which means sample grids only. */
const CHOICES = [100, 10, 1];
/** What was asked for and shows no effect for so long is given up. */
const FORGOTTEN_MS = 10_000;

interface Asked {
  readonly every: number;
  /** As they were then: a new one may be the answer. */
  readonly problems: readonly string[];
}

/** How often a run computes exact spectral norms while it trains, and what that costs it. */
export function ExactNorms({ run }: { readonly run: ShownRun }): JSX.Element {
  const [asked, setAsked] = useState<Asked>();
  useEffect(() => {
    if (!asked) return undefined;
    const timer = setTimeout(() => setAsked(undefined), FORGOTTEN_MS);
    return () => clearTimeout(timer);
  }, [asked]);
  const view = run.view.value;
  const set = view.identity.exactEvery ?? 0;
  const waits = asked !== undefined && asked.every !== set && asked.problems === problems.value;
  const every = waits ? asked.every : set;
  const grids = view.config?.samples.every ?? 0;
  const whyNot = refusalOf(view);
  const name = t('Exact norms');
  const label = runs.value.length > 1 ? t('Exact norms of {0}', view.name) : name;
  const change = (chosen: string): void => {
    setAsked({ every: Number(chosen), problems: problems.peek() });
    send({ type: 'exactEvery', key: run.key, every: Number(chosen) });
  };
  return (
    <span
      class="chart-exact"
      role="group"
      aria-label={label}
      aria-busy={waits}
      // A control that is switched off takes no focus; why it is must be found all the same.
      tabIndex={whyNot === undefined ? undefined : 0}
      {...tooltip(whyNot ?? explanation())}
    >
      <span aria-hidden="true">{name}</span>
      <Dropdown
        label={label}
        value={String(every)}
        disabled={whyNot !== undefined}
        options={choices(every).map((choice) => ({
          value: String(choice),
          label: choiceName(choice, grids),
        }))}
        onChange={change}
      />
      {whyNot === undefined && <Cost run={run} every={set === 0 ? grids : set} />}
    </span>
  );
}

/** What exact norms cost lately; nothing before that is known. */
function Cost({ run, every }: { run: ShownRun; every: number }): JSX.Element | null {
  void run.revision.value;
  const cost = exactCost(run.columns, every);
  if (!cost) return null;
  return (
    <span
      class="chart-exact-cost"
      title={t('on average over the last {0} steps', formatCount(cost.steps))}
    >
      {t('{0} ms a step, {1}', formatReading(cost.perStep, 2), formatShare(cost.share))}
    </span>
  );
}

function explanation(): string {
  return t(
    'How often σ(W̄), stable rank and λ of every layer of D are computed exactly while this run trains. They are always computed where samples are drawn.',
  );
}

/** The choices, and what is set where that is another. */
function choices(every: number): readonly number[] {
  const known = [0, ...CHOICES];
  return known.includes(every) ? known : [...known, every].sort((a, b) => b - a);
}

function choiceName(every: number, grids: number): string {
  if (every === 1) return t('at every step');
  if (every > 1) return t('every {0} steps', formatCount(every));
  return grids > 0 ? t('at every grid') : t('never');
}

/** Why the run cannot be asked for that, in one sentence; undefined where it can. */
function refusalOf(view: RunView): string | undefined {
  const { status, control, restricted, identity } = view;
  if (restricted !== undefined) return restricted;
  if (status === 'elsewhere') return t('This run is trained on another machine.');
  if (status !== 'running' && status !== 'paused') return t('This run is not training.');
  if (control === 'elsewhere') return t('Another window controls this run: take control first.');
  if (!isCommanded(status, control, true)) return t('The trainer cannot be reached yet.');
  if (identity.exactEvery !== undefined) return undefined;
  return identity.state === 'starting'
    ? t('The trainer is still starting.')
    : t('The trainer of this run is of an older version, which cannot do that.');
}
