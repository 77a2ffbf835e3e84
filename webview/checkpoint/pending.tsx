import type { JSX } from 'preact';

/** In place of a number that is being computed; the header says so aloud, once for all of them. */
export function Pending(): JSX.Element {
  return (
    <span class="pending" aria-hidden="true">
      ···
    </span>
  );
}
