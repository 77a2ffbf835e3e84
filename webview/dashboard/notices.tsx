import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { Message } from '../ui/message';
import { EndPanel } from './header/endPanel';
import { HealthStrip } from './health/healthStrip';
import { dismissProblem, problems, type ShownRun } from './runs';

/** Everything that asks for attention, under the header and above what is being looked at. */
export function Notices({ run }: { readonly run: ShownRun }): JSX.Element {
  const { restricted, flaws } = run.view.value;
  return (
    <div class="notices">
      <EndPanel run={run} />
      {restricted !== undefined && <Message severity="info">{restricted}</Message>}
      {flaws.map((flaw) => (
        <Message key={flaw} severity="warning">
          {flaw}
        </Message>
      ))}
      <div role="alert" aria-label={t('What did not work')}>
        {problems.value.map((problem) => (
          <Message key={problem} severity="error" onDismiss={() => dismissProblem(problem)}>
            {problem}
          </Message>
        ))}
      </div>
      <HealthStrip />
    </div>
  );
}
