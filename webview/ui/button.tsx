import type { ComponentChildren, JSX } from 'preact';
import { Icon, type IconName } from './icon';
import { tooltip } from './tooltip';
import { VscodeButton } from './elements';

export interface ButtonProps {
  /** One button of a group at most is primary. */
  readonly appearance?: 'primary' | 'secondary';
  readonly icon?: IconName;
  /**
   * What was asked for is on its way: the icon turns and clicks do nothing. The button stays
   * focusable, so that the keyboard does not lose its place.
   */
  readonly busy?: boolean;
  readonly disabled?: boolean;
  /** More than the text says: shown on hover and focus. */
  readonly hint?: string;
  readonly onClick: () => void;
  readonly children: ComponentChildren;
}

/** A button with words. */
export function Button(props: ButtonProps): JSX.Element {
  const { appearance = 'secondary', icon, busy, disabled, hint, onClick, children } = props;
  return (
    <VscodeButton
      appearance={appearance}
      disabled={disabled ?? false}
      ariaBusy={busy ? 'true' : 'false'}
      ariaDisabled={busy ? 'true' : 'false'}
      onClick={() => {
        if (!busy && !disabled) onClick();
      }}
      {...tooltip(hint)}
    >
      {busy ? <Icon slot="start" name="loading" spin /> : icon && <Icon slot="start" name={icon} />}
      {children}
    </VscodeButton>
  );
}
