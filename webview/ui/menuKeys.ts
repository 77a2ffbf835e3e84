/** Moves through the items of an open menu, chooses one or closes it, as the key says. */
export function chooseByKey(event: KeyboardEvent, close: () => void): void {
  const menu = event.currentTarget as HTMLElement;
  const items = [...menu.querySelectorAll<HTMLElement>('[role^=menuitem]')];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const go = (index: number): void => items[(index + items.length) % items.length]?.focus();
  const { key } = event;
  switch (key) {
    case 'ArrowDown':
      go(at + 1);
      break;
    case 'ArrowUp':
      go(at < 0 ? -1 : at - 1);
      break;
    case 'Home':
      go(0);
      break;
    case 'End':
      go(-1);
      break;
    case 'Escape':
    case 'Tab':
      close();
      break;
    case 'Enter':
    case ' ':
      items[at]?.click();
      break;
    default: {
      if (key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
      const after = [...items.slice(at + 1), ...items.slice(0, at + 1)];
      const start = key.toLocaleLowerCase();
      after.find(({ textContent }) => textContent.toLocaleLowerCase().startsWith(start))?.focus();
    }
  }
  // Arrow keys and Space would scroll the page and move the charts' cursor.
  event.preventDefault();
  event.stopPropagation();
}
