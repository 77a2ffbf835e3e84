import type { JSX } from 'preact';
import { Dropdown } from '../../ui/dropdown';
import { RunSwatch } from '../charts/runSwatch';
import { runs } from '../runs';

export interface RunChoiceProps {
  /** Accessible name. */
  readonly label: string;
  /** Key of the run chosen. */
  readonly value: string;
  readonly onChange: (key: string) => void;
}

/** Chooses one of the runs shown, with its mark; nothing where there is one run only. */
export function RunChoice({ label, value, onChange }: RunChoiceProps): JSX.Element | null {
  const shown = runs.value;
  if (shown.length < 2) return null;
  const names = shown.map(({ view }) => view.value.name);
  const index = shown.findIndex(({ key }) => key === value);
  return (
    <span class="samples-run">
      <RunSwatch index={Math.max(0, index)} />
      <Dropdown
        label={label}
        value={value}
        options={shown.map(({ key }, i) => ({
          value: key,
          // The folder tells runs of one name apart.
          label: names.indexOf(names[i]) === names.lastIndexOf(names[i]) ? names[i] : folderOf(key),
        }))}
        onChange={onChange}
      />
    </span>
  );
}

function folderOf(key: string): string {
  return key.split(/[/\\]/).findLast((part) => part !== '') ?? key;
}
