import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { Panes } from './panes';
import { runs, shownKeys } from './runs';
import { started } from './started';

/** The page: what a run is doing above, its curves and samples below, the scrubber under all. */
export function Dashboard(): JSX.Element {
  if (!started.value) return <main class="page" aria-busy="true" />;
  const [primary] = runs.value;
  if (!primary) return <Waiting />;
  return (
    <div class="page">
      <header class="run-header">
        <h1>{primary.view.value.name}</h1>
      </header>
      <Panes />
      <footer class="scrubber-bar" />
    </div>
  );
}

function Waiting(): JSX.Element {
  if (shownKeys.value.length === 0) {
    return <main class="page page-message">{t('This run is no longer there.')}</main>;
  }
  return <main class="page page-message">{t('Reading the run…')}</main>;
}
