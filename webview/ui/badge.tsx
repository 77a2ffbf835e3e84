import type { ComponentChildren, JSX } from 'preact';
import { VscodeDivider } from './elements';

/**
 * A small count. Our own, as the tag is: those of the toolkit carry a style attribute, which the
 * page's policy forbids.
 */
export function Badge({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <span class="badge">{children}</span>;
}

/** A word that marks what it stands beside. */
export function Tag({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <span class="tag">{children}</span>;
}

/** A thin line between parts. */
export function Divider(): JSX.Element {
  return <VscodeDivider />;
}
