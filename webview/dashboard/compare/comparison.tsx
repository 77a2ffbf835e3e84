import type { JSX } from 'preact';
import { runs } from '../runs';
import './compare.css';
import { ConfigTable } from './configTable';
import { RunList } from './runList';
import { Values } from './values';

/** Beside the curves: which runs, in what they differ, how they do. One run has its values only. */
export function Comparison(): JSX.Element {
  const several = runs.value.length > 1;
  return (
    <div class="comparison">
      {several && <RunList />}
      {several && <ConfigTable />}
      <Values />
    </div>
  );
}
