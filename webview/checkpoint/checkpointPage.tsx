import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useKeptScroll } from '../kept/keptScroll';
import { Button } from '../ui/button';
import { Message } from '../ui/message';
import { ProgressRing } from '../ui/progressRing';
import { send } from './connection';
import { Details } from './details/details';
import { chosenLayers } from './figures/chosen';
import { files, type ShownFile } from './files';
import { Layers } from './layers/layers';
import { Header } from './shell/header';
import { Notices } from './shell/notices';
import { Panels } from './shell/panels';
import { started } from './shell/started';
import { Verdicts } from './verdict/verdicts';
import { view } from './viewState';

/** The page: verdict and layers above, one of the panels below. */
export function CheckpointPage(): JSX.Element {
  const primary = started.value ? files.value.at(0) : undefined;
  return primary ? <FilePage primary={primary} /> : <Waiting />;
}

function FilePage({ primary }: { primary: ShownFile }): JSX.Element {
  const page = useKeptScroll<HTMLDivElement>({
    kept: () => view.scroll.peek(),
    keep: (top) => (view.scroll.value = top),
  });
  const unreadable = primary.unreadable.value;
  const listing = primary.listing.value;
  return (
    <div class="page">
      <Header file={primary} />
      <div class="page-body" ref={page}>
        {unreadable !== undefined ? (
          <Unreadable file={primary} why={unreadable} />
        ) : (
          <>
            <Notices />
            {listing ? (
              <main>
                <Verdicts />
                <Workspace />
              </main>
            ) : (
              <Reading />
            )}
          </>
        )}
      </div>
    </div>
  );
}

/** Layers, details of the chosen one beside or below them, figures under both. */
function Workspace(): JSX.Element {
  const [focused] = chosenLayers.value;
  return (
    <div class="workspace">
      <Layers />
      {focused && <Details layer={focused} />}
      <Panels />
    </div>
  );
}

function Unreadable({ file, why }: { file: ShownFile; why: string }): JSX.Element {
  return (
    <main class="page-message">
      <div role="alert">
        <Message severity="error">{why}</Message>
      </div>
      <Button
        appearance="primary"
        icon="refresh"
        onClick={() => send({ type: 'open', file: file.file, place: 'again' })}
      >
        {t('Read Again')}
      </Button>
    </main>
  );
}

function Reading(): JSX.Element {
  return (
    <main class="page-message" aria-busy>
      <ProgressRing />
      <p>{t('Reading the file…')}</p>
    </main>
  );
}

/** Before the extension has answered: not even the language is known. */
function Waiting(): JSX.Element {
  return (
    <main class="page-message" aria-busy>
      <ProgressRing />
    </main>
  );
}
