import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { announce } from '../../ui/announce';
import { Link } from '../../ui/link';
import { Message } from '../../ui/message';
import { formatCount } from '../../ui/format';
import { runs, type ShownRun } from '../runs';
import { view } from '../viewState';
import type { Finding } from './evidence';
import { findings, watchHealth } from './watch';

interface RunFinding {
  readonly run: ShownRun;
  readonly finding: Finding;
}

/** What is wrong with the runs shown, and what to try; nothing where all is well. */
export function HealthStrip(): JSX.Element | null {
  useEffect(watchHealth, []);
  const all = runs.value.flatMap((run) =>
    (findings.value.get(run.key) ?? []).map((finding): RunFinding => ({ run, finding })),
  );
  useAnnounced(all);
  if (all.length === 0) return null;
  return (
    <section class="health" aria-label={t('Health')}>
      {all.map(({ run, finding }) => (
        <FindingLine key={nameOf({ run, finding })} run={run} finding={finding} />
      ))}
    </section>
  );
}

function nameOf({ run, finding }: RunFinding): string {
  return `${run.key} ${finding.kind}`;
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
  const names = all.map(nameOf).join('\n');
  const { size } = findings.value;
  useEffect(() => {
    const before = told.current;
    if (size === 0) return;
    told.current = new Set(names.split('\n'));
    for (const found of all) {
      if (before && !before.has(nameOf(found))) announce(found.finding.sentence);
    }
  }, [names, size]);
}
