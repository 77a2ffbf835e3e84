import type { JSX } from 'preact';

/** Images of the file's generator, drawn on demand. */
export function SamplesPanel(): JSX.Element {
  return <div />;
}
