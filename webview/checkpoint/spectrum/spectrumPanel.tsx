import type { JSX } from 'preact';

/** The singular values of the chosen layers, of all files shown. */
export function SpectrumPanel(): JSX.Element {
  return <div />;
}
