import type { JSX } from 'preact';

/** Power iteration on the chosen layer, in both of its forms, watched step by step. */
export function IterationPanel(): JSX.Element {
  return <div />;
}
