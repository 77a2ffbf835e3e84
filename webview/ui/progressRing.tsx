import type { JSX } from 'preact';
import { useOwnAttributes } from './ownAttributes';
import { VscodeProgressRing } from './elements';

/**
 * A ring that turns while something is awaited. It is a picture: the words beside it say what is
 * awaited, and whether that is announced.
 */
export function ProgressRing(): JSX.Element {
  // The toolkit makes every ring an alert that interrupts the reader with "Loading".
  const ref = useOwnAttributes({
    role: 'presentation',
    'aria-hidden': 'true',
    'aria-live': null,
    'aria-label': null,
  });
  return <VscodeProgressRing ref={ref} />;
}
