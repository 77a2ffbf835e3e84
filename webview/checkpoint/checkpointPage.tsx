import type { JSX } from 'preact';
import { files } from './files';
import { Panels } from './shell/panels';

/** The page: verdict and layers above, one of the panels below. */
export function CheckpointPage(): JSX.Element {
  const primary = files.value.at(0);
  return (
    <main>
      <h1>{primary?.file}</h1>
      <Panels />
    </main>
  );
}
