import type { JSX } from 'preact';

/** How the spectrum of the chosen layer changed over the checkpoints of its run. */
export function DriftPanel(): JSX.Element {
  return <div />;
}
