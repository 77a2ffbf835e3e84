import type { ComponentChildren, JSX } from 'preact';
import { tooltip } from './tooltip';

export interface LinkProps {
  readonly onClick: () => void;
  /** Shown on hover and focus. */
  readonly hint?: string;
  readonly children: ComponentChildren;
}

/**
 * Words that lead somewhere, in the colours of a link. A button in truth: pages have no addresses,
 * and the toolkit's link without one cannot be reached by keyboard.
 */
export function Link({ onClick, hint, children }: LinkProps): JSX.Element {
  return (
    <button type="button" class="link" onClick={onClick} {...tooltip(hint)}>
      {children}
    </button>
  );
}
