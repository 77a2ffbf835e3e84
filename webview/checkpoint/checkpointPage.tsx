import type { JSX } from 'preact';
import { files } from './files';

/** The page: verdict and layers above, one of the panels below. */
export function CheckpointPage(): JSX.Element {
  const primary = files.value.at(0);
  return <main>{primary?.listing.value?.file}</main>;
}
