import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { announce } from '../../ui/announce';
import { Icon } from '../../ui/icon';
import { Link } from '../../ui/link';
import { Message } from '../../ui/message';
import { formatCount } from '../format';
import { runs, type ShownRun } from '../runs';
import { view } from '../viewState';
import type { Finding } from './evidence';
import { watchHealth, type Findings } from './watch';

interface RunFinding {
  readonly run: ShownRun;
  readonly finding: Finding;
}

/** What is wrong with the runs shown, and what to try; one quiet line where all is well. */
export function HealthStrip(): JSX.Element | null {
  const [found, setFound] = useState<Findings>(new Map());
  useEffect(() => watchHealth(setFound), []);
  const all = runs.value.flatMap((run) =>
    (found.get(run.key) ?? []).map((finding): RunFinding => ({ run, finding })),
  );
  useAnnounced(all);
  const examined = runs.value.filter((run) => found.has(run.key) && run.columns.length > 0);
  if (all.length > 0) {
    return (
      <section class="health" aria-label={t('Health')}>
        {all.map(({ run, finding }) => (
          <FindingLine key={`${run.key} ${finding.kind}`} run={run} finding={finding} />
        ))}
      </section>
    );
  }
  if (examined.length === 0) return null;
  const step = Math.max(...examined.map(({ columns }) => columns.steps[columns.length - 1]));
  return (
    <section class="health health-well" aria-label={t('Health')}>
      <Icon name="pass" /> {t('Nothing wrong up to step {0}', formatCount(step))}
    </section>
  );
}

function FindingLine({ run, finding }: RunFinding): JSX.Element {
  const { severity, sentence, advice, step } = finding;
  return (
    <Message severity={severity}>
      {runs.value.length > 1 && <strong>{run.view.value.name}: </strong>}
      {sentence} <span class="dim">{advice}</span>
      {step !== undefined && (
        <>
          {' '}
          <Link
            onClick={() => {
              view.cursor.value = step;
            }}
          >
            {t('Go to step {0}', formatCount(step))}
          </Link>
        </>
      )}
    </Message>
  );
}

/** Says what is new, but not what stood there when the page was opened. */
function useAnnounced(all: readonly RunFinding[]): void {
  const told = useRef<ReadonlySet<string> | null>(null);
  const names = all.map(({ run, finding }) => `${run.key} ${finding.kind}`).join('\n');
  useEffect(() => {
    const before = told.current;
    told.current = new Set(names.split('\n'));
    if (before === null) return;
    for (const { run, finding } of all) {
      if (!before.has(`${run.key} ${finding.kind}`)) announce(finding.sentence);
    }
  }, [names]);
}
