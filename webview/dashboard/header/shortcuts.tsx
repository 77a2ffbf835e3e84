import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { IconButton } from '../../ui/iconButton';

interface Place {
  readonly name: string;
  readonly keys: readonly (readonly [keys: readonly string[], does: string])[];
}

/** The keys of the page, by where they act. */
function shortcuts(): readonly Place[] {
  return [
    {
      name: t('Anywhere and on the scrubber'),
      keys: [
        [['Space'], t('Play the grids, or stop')],
        [['←', '→'], t('One grid back or on')],
        [['Home', 'End'], t('First or last grid')],
        [['Esc'], t('Follow the newest step')],
        [['?'], t('Show these keys')],
      ],
    },
    {
      name: t('On a chart'),
      keys: [
        [['←', '→'], t('Move the cursor by a row; with Shift by ten')],
        [['Home', 'End'], t('First or last row')],
        [['+', '−', '0'], t('Zoom in, out, and show everything')],
        [['Esc'], t('Take the cursor away')],
      ],
    },
    {
      name: t('On the samples'),
      keys: [
        [['←', '→', '↑', '↓'], t('Go to another image')],
        [['Enter'], t('Enlarge it')],
        [['+', '−', '0'], t('Zoom in, out, and fit')],
      ],
    },
  ];
}

/** Shows the keys of the page; `?` does, too. */
export function ShortcutsButton(): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const show = (event: KeyboardEvent): void => {
      if (event.key !== '?' || event.ctrlKey || event.metaKey || isTyping(event)) return;
      event.preventDefault();
      dialog.current?.showModal();
    };
    document.addEventListener('keydown', show);
    return () => document.removeEventListener('keydown', show);
  }, []);
  return (
    <>
      <IconButton
        icon="question"
        label={t('Keyboard Shortcuts')}
        onClick={() => dialog.current?.showModal()}
      />
      <dialog
        ref={dialog}
        class="shortcuts"
        aria-label={t('Keyboard Shortcuts')}
        onClick={({ target, currentTarget }) => {
          // The backdrop belongs to the dialog; what is on it does not.
          if (target === currentTarget) currentTarget.close();
        }}
      >
        <div>
          <div class="shortcuts-title">
            <h2>{t('Keyboard Shortcuts')}</h2>
            <IconButton icon="close" label={t('Close')} onClick={() => dialog.current?.close()} />
          </div>
          {shortcuts().map(({ name, keys }) => (
            <section key={name}>
              <h3>{name}</h3>
              <Keys keys={keys} />
            </section>
          ))}
        </div>
      </dialog>
    </>
  );
}

function Keys({ keys }: Pick<Place, 'keys'>): JSX.Element {
  return (
    <dl>
      {keys.map(([names, does]) => (
        <div key={does}>
          <dt>
            {names.map((name) => (
              <kbd key={name}>{name}</kbd>
            ))}
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Whether a key goes into a field. Fields of the toolkit are inside their elements. */
function isTyping(event: KeyboardEvent): boolean {
  const [field] = event.composedPath();
  return field instanceof HTMLElement && field.matches('input, textarea, select');
}
