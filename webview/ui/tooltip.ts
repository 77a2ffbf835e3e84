import { placeBeside } from './placement';

/** As long as VS Code waits; the next one comes at once while one is shown. */
const DELAY_MS = 500;
/** Time to move the pointer from the element onto its tooltip. */
const LINGER_MS = 120;

const ID = 'tooltip';
let box: HTMLElement | undefined;
let shownFor: Element | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Handlers that an element with a tooltip takes. */
export interface TooltipHandlers {
  readonly onPointerEnter: (event: PointerEvent) => void;
  readonly onPointerLeave: () => void;
  readonly onPointerDown: () => void;
  readonly onFocusIn: (event: FocusEvent) => void;
  readonly onFocusOut: () => void;
}

/**
 * Shows a text beside an element while the pointer rests on it or the keyboard has come to it. It
 * lies in the top layer, so that no scrolling pane cuts it off; Escape hides it.
 */
export function tooltip(text: string | undefined): TooltipHandlers {
  return {
    onPointerEnter({ currentTarget, pointerType }) {
      if (text && pointerType !== 'touch') {
        showSoon(currentTarget as Element, text, shownFor ? 0 : DELAY_MS);
      }
    },
    onPointerLeave: hideSoon,
    onPointerDown: hide,
    onFocusIn({ currentTarget }) {
      const element = currentTarget as Element;
      // Later: a menu that closes gives the focus back while it does, and two cannot move at once.
      if (text && hasKeyboardFocus(element)) showSoon(element, text, 0);
    },
    onFocusOut: hide,
  };
}

function hasKeyboardFocus(element: Element): boolean {
  const inside = element.shadowRoot?.querySelector(':focus-visible');
  return inside ? true : element.matches(':focus-visible');
}

function showSoon(element: Element, text: string, delay: number): void {
  clearTimeout(timer);
  timer = setTimeout(() => show(element, text), delay);
}

function show(element: Element, text: string): void {
  clearTimeout(timer);
  if (!element.isConnected) return;
  hide();
  box ??= makeBox();
  box.textContent = text;
  box.showPopover();
  placeBeside(box, element, 'centre');
  // Where the text is the element's name already, saying it twice helps nobody.
  if (element.getAttribute('aria-label') !== text) element.setAttribute('aria-describedby', ID);
  shownFor = element;
}

function hideSoon(): void {
  clearTimeout(timer);
  timer = setTimeout(hide, LINGER_MS);
}

function hide(): void {
  clearTimeout(timer);
  if (!shownFor) return;
  shownFor.removeAttribute('aria-describedby');
  shownFor = undefined;
  box?.hidePopover();
}

function makeBox(): HTMLElement {
  const made = document.createElement('div');
  made.id = ID;
  made.className = 'tooltip';
  made.setAttribute('role', 'tooltip');
  made.popover = 'manual';
  made.addEventListener('pointerenter', () => clearTimeout(timer));
  made.addEventListener('pointerleave', hideSoon);
  document.body.append(made);
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') hide();
  });
  // What has left the page says no goodbye.
  document.addEventListener('pointermove', () => {
    if (shownFor && !shownFor.isConnected) hide();
  });
  return made;
}
