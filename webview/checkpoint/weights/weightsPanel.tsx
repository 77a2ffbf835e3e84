import type { JSX } from 'preact';

/** Kernels as pictures and the histogram of a layer's weights. */
export function WeightsPanel(): JSX.Element {
  return <div />;
}
