import type codicons from '@vscode/codicons/dist/metadata.json';
import type { JSX } from 'preact';

/** Names under which the font has an icon, too, and which its list leaves out. */
type Alias = 'circle' | 'clock' | 'ellipsis' | 'keyboard' | 'lock' | 'run' | 'sync' | 'warning';

/** Name of a codicon, without the prefix. */
export type IconName = keyof typeof codicons | Alias;

export interface IconProps {
  readonly name: IconName;
  /** Turns, to say that something is going on; stands still where motion is reduced. */
  readonly spin?: boolean;
  readonly slot?: string;
  readonly class?: string;
}

/** A picture beside words; it says nothing to a screen reader, the words do. */
export function Icon({ name, spin, slot, class: extra }: IconProps): JSX.Element {
  const classes = ['codicon', `codicon-${name}`];
  if (spin) classes.push('codicon-modifier-spin');
  if (extra) classes.push(extra);
  return <span slot={slot} class={classes.join(' ')} aria-hidden="true" />;
}
