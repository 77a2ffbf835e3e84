import type { JSX } from 'preact';
import { runs } from './runs';

/** The page: what a run is doing above, its curves and samples below. */
export function Dashboard(): JSX.Element {
  return <main>{runs.value.map(({ view }) => view.value.name).join(', ')}</main>;
}
