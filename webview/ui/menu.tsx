import type { JSX } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { Icon, type IconName } from './icon';
import { IconButton } from './iconButton';
import { chooseByKey } from './menuKeys';
import { placeBeside } from './placement';

export interface MenuChoice {
  readonly label: string;
  readonly icon?: IconName;
  /** Of a choice that is on or off. */
  readonly checked?: boolean;
  /** Shown and read, but does nothing. */
  readonly disabled?: boolean;
  /** A word at the end of the line, such as a format. */
  readonly detail?: string;
  readonly choose: () => void;
}

export type MenuItem = MenuChoice | 'separator';

export interface MenuProps {
  /** Accessible name and tooltip of the button. */
  readonly label: string;
  readonly icon: IconName;
  readonly items: readonly MenuItem[];
  readonly disabled?: boolean;
}

/**
 * A button that opens a menu: arrow keys, Home, End and letters move, Enter and Space choose,
 * Escape and Tab close. A choice that is on or off leaves it open. In the top layer, so that no pane cuts it off.
 */
export function Menu({ label, icon, items, disabled }: MenuProps): JSX.Element {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLElement>(null);
  const list = useRef<HTMLDivElement>(null);
  // Pressing the button closes the open menu before that is a click, which then opens nothing.
  const pressedWhileOpen = useRef(false);

  const show = (): void => {
    const { current: menu } = list;
    if (!menu || !button.current || pressedWhileOpen.current) return;
    menu.showPopover();
    placeBeside(menu, button.current, 'end');
    menu.querySelector<HTMLElement>('[role^=menuitem]')?.focus();
  };
  const close = (): void => {
    list.current?.hidePopover();
    button.current?.focus();
  };
  return (
    <>
      <span
        class="menu-button"
        onPointerDownCapture={() => {
          pressedWhileOpen.current = list.current?.matches(':popover-open') ?? false;
        }}
        onKeyDownCapture={() => {
          pressedWhileOpen.current = false;
        }}
      >
        <IconButton
          buttonRef={button}
          icon={icon}
          label={label}
          menuOpen={open}
          disabled={disabled ?? false}
          onClick={show}
        />
      </span>
      <div
        ref={list}
        popover="auto"
        role="menu"
        aria-label={label}
        class="menu"
        onToggle={({ newState }) => setOpen(newState === 'open')}
        onKeyDown={(event) => chooseByKey(event, close)}
        onFocusOut={({ currentTarget, relatedTarget }) => {
          if (!currentTarget.contains(relatedTarget as Node | null)) currentTarget.hidePopover();
        }}
      >
        {items.map((item, i) =>
          item === 'separator' ? (
            <div key={i} role="separator" class="menu-separator" />
          ) : (
            <Choice key={i} item={item} close={close} />
          ),
        )}
      </div>
    </>
  );
}

function Choice({ item, close }: { item: MenuChoice; close: () => void }): JSX.Element {
  const { label, icon, checked, disabled, detail, choose } = item;
  return (
    <div
      role={checked === undefined ? 'menuitem' : 'menuitemcheckbox'}
      tabIndex={-1}
      class="menu-item"
      aria-disabled={disabled ? 'true' : undefined}
      aria-checked={checked}
      onPointerMove={({ currentTarget }) => currentTarget.focus({ preventScroll: true })}
      onClick={() => {
        if (disabled) return;
        // Of choices that are on or off, often several are made.
        if (checked === undefined) close();
        choose();
      }}
    >
      {checked ? <Icon name="check" /> : icon ? <Icon name={icon} /> : <span class="no-icon" />}
      <span class="menu-label">{label}</span>
      {detail && <span class="menu-detail">{detail}</span>}
    </div>
  );
}
