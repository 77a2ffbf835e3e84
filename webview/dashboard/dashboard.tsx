import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useKeptScroll } from '../kept/keptScroll';
import { Message } from '../ui/message';
import { ProgressRing } from '../ui/progressRing';
import { RunHeader } from './header/runHeader';
import { Notices } from './notices';
import { usePageKeys } from './pageKeys';
import { Panes } from './panes';
import { dismissProblem, problems, runs, shownKeys, type ShownRun } from './runs';
import { Scrubber } from './scrubber/scrubber';
import { scrollPlace } from './scrollPlace';
import { started } from './started';

/** The page: what a run is doing above, its curves and samples below, the scrubber under all. */
export function Dashboard(): JSX.Element {
  const primary = started.value ? runs.value.at(0) : undefined;
  return primary ? <RunPage primary={primary} /> : <Waiting />;
}

function RunPage({ primary }: { primary: ShownRun }): JSX.Element {
  const page = useKeptScroll<HTMLDivElement>(scrollPlace('page'));
  usePageKeys();
  return (
    <div class="page" ref={page}>
      <RunHeader run={primary} />
      <Notices run={primary} />
      <Panes primary={primary} />
      <footer class="scrubber-bar">
        <Scrubber />
      </footer>
    </div>
  );
}

/** Before the run is known, or where it cannot be read; the ring is for those who have to wait. */
function Waiting(): JSX.Element {
  const gone = started.value && shownKeys.value.length === 0;
  const waits = !gone && problems.value.length === 0;
  return (
    <main class="page-message" aria-busy={waits}>
      {gone && <p>{t('This run is no longer there.')}</p>}
      {waits && <ProgressRing />}
      {waits && started.value && <p>{t('Reading the run…')}</p>}
      {problems.value.map((problem) => (
        <Message key={problem} severity="error" onDismiss={() => dismissProblem(problem)}>
          {problem}
        </Message>
      ))}
    </main>
  );
}
