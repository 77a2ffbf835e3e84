import type { JSX } from 'preact';

/** What the file holds: metadata, config and arrays. */
export function ContentsPanel(): JSX.Element {
  return <div />;
}
