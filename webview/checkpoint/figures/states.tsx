import type { ComponentChildren, JSX } from 'preact';
import { Message } from '../../ui/message';
import { ProgressRing } from '../../ui/progressRing';
import './figures.css';

/** Why a panel has no figure, in place of it. */
export function NoFigure({ children }: { readonly children: ComponentChildren }): JSX.Element {
  return <div class="no-figure">{children}</div>;
}

/** What a panel waits for. */
export function Waiting({ children }: { readonly children: string }): JSX.Element {
  return (
    <div class="no-figure" role="status">
      <ProgressRing />
      <span>{children}</span>
    </div>
  );
}

/** Why what a panel asked for does not come. */
export function Refused({ why }: { readonly why: string }): JSX.Element {
  return (
    <div role="status">
      <Message severity="warning">{why}</Message>
    </div>
  );
}
