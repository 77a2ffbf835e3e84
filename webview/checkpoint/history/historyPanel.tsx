import type { JSX } from 'preact';

/** What the run logged of its layers: how near sigma(W-bar) stayed to 1 (Fig. 9). */
export function HistoryPanel(): JSX.Element {
  return <div />;
}
