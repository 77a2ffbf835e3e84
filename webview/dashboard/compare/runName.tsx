import type { JSX } from 'preact';
import { RunSwatch } from '../charts/runSwatch';
import type { ShownRun } from '../runs';

/** A run's name with its colour and shape, as the curves have them. */
export function RunName({ run, index }: { run: ShownRun; index: number }): JSX.Element {
  const { name } = run.view.value;
  return (
    <span class="run-name" title={name}>
      <RunSwatch index={index} />
      <span>{name}</span>
    </span>
  );
}
