import type { JSX } from 'preact';
import { Message } from '../ui/message';
import { Problems } from '../ui/problems';
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
      <Problems problems={problems.value} onDismiss={dismissProblem} />
      <HealthStrip />
    </div>
  );
}
