import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { VscodeDropdown, VscodeOption } from './elements';

export interface DropdownProps<T extends string> {
  /** Accessible name: the words beside the dropdown, if any, are the caller's. */
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly disabled?: boolean;
  readonly onChange: (value: T) => void;
}

interface DropdownElement extends HTMLElement {
  value: string;
}

/** One choice of a few. */
export function Dropdown<T extends string>(props: DropdownProps<T>): JSX.Element {
  const { label, value, options, disabled, onChange } = props;
  const ref = useRef<HTMLElement>(null);
  const names = options.map((option) => option.value).join('\n');
  // The element learns of its options later than of its value, and would keep the first option.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      const element = ref.current as DropdownElement | null;
      if (element && element.value !== value) element.value = value;
    });
    return () => cancelAnimationFrame(frame);
  }, [value, names]);
  return (
    <VscodeDropdown
      ref={ref}
      aria-label={label}
      disabled={disabled ?? false}
      onChange={({ currentTarget }) => {
        const chosen = options.find(
          (option) => option.value === (currentTarget as DropdownElement).value,
        );
        if (chosen && chosen.value !== value) onChange(chosen.value);
      }}
    >
      {options.map((option) => (
        <VscodeOption key={option.value} value={option.value}>
          {option.label}
        </VscodeOption>
      ))}
    </VscodeDropdown>
  );
}
