import type { JSX } from 'preact';
import { useOwnAttributes } from './ownAttributes';
import { VscodeCheckbox } from './elements';

export interface CheckboxProps {
  readonly label: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** A box to tick, with its words beside it. */
export function Checkbox({ label, checked, disabled, onChange }: CheckboxProps): JSX.Element {
  const ref = useOwnAttributes({ 'aria-label': label });
  return (
    <VscodeCheckbox
      ref={ref}
      checked={checked}
      disabled={disabled ?? false}
      onChange={({ currentTarget }) => {
        // It tells of changes that the page made, too.
        const now = (currentTarget as HTMLElement & { checked: boolean }).checked;
        if (now !== checked) onChange(now);
      }}
    >
      {label}
    </VscodeCheckbox>
  );
}
