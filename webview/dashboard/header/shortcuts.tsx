import { t } from '@vscode/l10n';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { IconButton } from '../../ui/iconButton';

/** The keys of the page, in groups of what they act on. */
function shortcuts(): readonly (readonly [keys: readonly string[], does: string])[] {
  return [
    [['Space'], t('Play the samples, or stand still')],
    [['←', '→'], t('Move the cursor to the step before or after')],
    [['Shift', '←', '→'], t('Move it ten times as far')],
    [['Home', 'End'], t('Move it to the first or the newest step')],
    [['Esc'], t('Close what is open; then follow the newest step')],
    [['Tab'], t('Go to the next control')],
    [['?'], t('Show these keys')],
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
          <dl>
            {shortcuts().map(([keys, does]) => (
              <div key={does}>
                <dt>
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        </div>
      </dialog>
    </>
  );
}

/** Whether a key goes into a field. Fields of the toolkit are inside their elements. */
function isTyping(event: KeyboardEvent): boolean {
  const [field] = event.composedPath();
  return field instanceof HTMLElement && field.matches('input, textarea, select');
}
