import type { ComponentChildren, JSX } from 'preact';
import { VscodeBadge, VscodeDivider, VscodeTag } from './elements';

/** A small count. */
export function Badge({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <VscodeBadge>{children}</VscodeBadge>;
}

/** A word that marks what it stands beside. */
export function Tag({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <VscodeTag>{children}</VscodeTag>;
}

/** A thin line between parts. */
export function Divider(): JSX.Element {
  return <VscodeDivider />;
}
