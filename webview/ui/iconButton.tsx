import type { JSX, RefObject } from 'preact';
import { Icon, type IconName } from './icon';
import { tooltip } from './tooltip';
import { VscodeButton } from './elements';

export interface IconButtonProps {
  readonly icon: IconName;
  /** Accessible name; shown on hover and focus. */
  readonly label: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  /** See {@link ButtonProps.busy}. */
  readonly busy?: boolean;
  /** Of a button that stays pressed; leave it out for one that does not. */
  readonly pressed?: boolean;
  /** Of a button that opens a menu: whether it is open. */
  readonly menuOpen?: boolean;
  readonly buttonRef?: RefObject<HTMLElement | null>;
}

/** A button that is a codicon only. */
export function IconButton(props: IconButtonProps): JSX.Element {
  const { icon, label, onClick, disabled, busy, pressed, menuOpen, buttonRef } = props;
  return (
    <VscodeButton
      ref={buttonRef ?? null}
      appearance="icon"
      class={pressed ? 'pressed' : ''}
      aria-label={label}
      disabled={disabled ?? false}
      ariaBusy={busy ? 'true' : 'false'}
      ariaDisabled={busy ? 'true' : 'false'}
      ariaPressed={pressed === undefined ? null : pressed ? 'true' : 'false'}
      ariaHaspopup={menuOpen === undefined ? null : 'menu'}
      ariaExpanded={menuOpen === undefined ? null : menuOpen ? 'true' : 'false'}
      onClick={() => {
        if (!busy && !disabled) onClick();
      }}
      {...tooltip(label)}
    >
      {busy ? <Icon name="loading" spin /> : <Icon name={icon} />}
    </VscodeButton>
  );
}
