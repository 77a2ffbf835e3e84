import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { Disclosure } from '../../ui/disclosure';
import { Message } from '../../ui/message';
import { Problems } from '../../ui/problems';
import { dismissNote, dismissProblem, files, notes, problems } from '../files';
import { setOpen, view } from '../viewState';
import { fileNames } from '../figures/names';

/** So many flaws are shown at once; more fold. */
const SHOWN = 2;

/** Everything that asks for attention, under the header. */
export function Notices(): JSX.Element {
  return (
    <div class="notices">
      <Problems problems={problems.value} onDismiss={dismissProblem} />
      <Notes />
      <Flaws />
    </div>
  );
}

/** Read aloud when there is time: the list stays, also while it is empty. */
function Notes(): JSX.Element {
  return (
    <div role="status">
      {notes.value.map((note) => (
        <Message key={note} severity="info" onDismiss={() => dismissNote(note)}>
          {note}
        </Message>
      ))}
    </div>
  );
}

/** What could not be made sense of in the files, or not be read. */
function Flaws(): JSX.Element | null {
  const names = fileNames(files.value);
  const several = files.value.length > 1;
  const flaws = files.value.flatMap(({ listing, unreadable }, i) => {
    const why = unreadable.value;
    const sentences = why === undefined ? (listing.value?.flaws ?? []) : [why];
    return sentences.map((flaw) => (several ? `${names[i]}: ${flaw}` : flaw));
  });
  if (flaws.length === 0) return null;
  const list = flaws.map((flaw) => (
    <Message key={flaw} severity="warning">
      {flaw}
    </Message>
  ));
  if (flaws.length <= SHOWN) return <>{list}</>;
  return (
    <Disclosure
      title={t('{0} notes about what was read', flaws.length)}
      open={view.open.value['flaws'] ?? false}
      onToggle={(open) => setOpen('flaws', open)}
    >
      {list}
    </Disclosure>
  );
}
